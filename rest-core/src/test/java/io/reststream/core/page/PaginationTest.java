package io.reststream.core.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.config.PageSettings;
import io.reststream.core.config.PaginationStyle;
import io.reststream.core.http.OriginRule;
import io.reststream.core.json.FieldPath;
import io.reststream.core.json.PageFields;
import io.reststream.core.json.RecordScanner;
import io.reststream.core.json.ScannedPage;
import io.reststream.core.json.ShapeException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class PaginationTest {
  private static final URI ASKED = URI.create("https://api.example.com/v1/items?since=5&token=t");

  private static Pagination of(PaginationStyle style) {
    return Pagination.of(
        PageSettings.of(style, "next"), null, new NextAddress(OriginRule.NONE.with(ASKED), null));
  }

  private static ScannedPage page(String body) throws ShapeException {
    return new RecordScanner(null, null, null, PageFields.NONE, List.of())
        .scan(body.getBytes(StandardCharsets.UTF_8), false);
  }

  private static @Nullable String token(Pagination pagination, @Nullable String value)
      throws ShapeException {
    return pagination.next(new PageTurn(page("[1]"), ASKED, null, value, false, 0, Walked.NONE));
  }

  private static PageTurn turn(String body, @Nullable String token, boolean more)
      throws ShapeException {
    return new PageTurn(page(body), ASKED, token, null, more, 0, Walked.NONE);
  }

  private static Pagination lastRecord(String... fields) {
    return ofPages(null, fields);
  }

  private static Pagination ofPages(@Nullable Integer pageSize, String... fields) {
    return new LastRecord(List.of(fields).stream().map(FieldPath::parse).toList(), pageSize);
  }

  @Test
  void withoutPaginationThereIsNoToken() throws ShapeException {
    assertThat(token(of(PaginationStyle.NONE), "x")).isNull();
    assertThat(of(PaginationStyle.NONE).isAddress()).isFalse();
  }

  @Test
  void cursorIsItsOwnToken() throws ShapeException {
    assertThat(token(of(PaginationStyle.CURSOR), "a b/é")).isEqualTo("a b/é");
    assertThat(of(PaginationStyle.CURSOR).isAddress()).isFalse();
    assertThat(of(PaginationStyle.CURSOR).first()).isNull();
  }

  @ParameterizedTest
  @NullAndEmptySource
  void nothingIsTheEnd(String value) throws ShapeException {
    assertThat(token(of(PaginationStyle.CURSOR), value)).isNull();
    assertThat(token(of(PaginationStyle.NEXT_URL), value)).isNull();
    assertThat(token(of(PaginationStyle.LINK_HEADER), value)).isNull();
  }

  @Test
  void aLinkToThePageItselfIsTheEnd() throws ShapeException {
    assertThat(token(of(PaginationStyle.NEXT_URL), ASKED.toString())).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.example.com/v1/items?page=2, https://api.example.com/v1/items?page=2",
    "https://API.example.com:443/x, https://API.example.com:443/x",
    "/v2/items?page=2, https://api.example.com/v2/items?page=2",
    "?page=2, https://api.example.com/v1/items?page=2",
    "more/2, https://api.example.com/v1/more/2",
    "//api.example.com/x, https://api.example.com/x",
    "/x?filter=a|b, https://api.example.com/x?filter=a%7Cb",
    "http://api.example.com/x?page=2, https://api.example.com/x?page=2",
    "HTTP://api.example.com/x, https://api.example.com/x",
  })
  void linkIsAbsoluteOrRelative(String value, String token) throws ShapeException {
    assertThat(token(of(PaginationStyle.NEXT_URL), value)).isEqualTo(token);
    assertThat(token(of(PaginationStyle.LINK_HEADER), value)).isEqualTo(token);
    assertThat(of(PaginationStyle.NEXT_URL).isAddress()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "https://evil.example/x?page=2, https://evil.example:443",
    "http://api.example.com:8080/x, http://api.example.com:8080",
    "http://evil.example/x, http://evil.example:80",
    "https://api.example.com:8443/x, https://api.example.com:8443",
    "//evil.example/x, https://evil.example:443",
    "https://api.example.com@evil.example/x, https://evil.example:443",
    "file:///etc/passwd, file://:80",
  })
  void linkToAnotherOriginIsRefused(String value, String origin) {
    assertThatThrownBy(() -> token(of(PaginationStyle.NEXT_URL), value))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "has a next page on another origin, "
                + origin
                + ", which option 'allowedHosts' does not name")
        .satisfies(e -> assertThat(((ShapeException) e).isPassing()).isFalse());
  }

  @Test
  void linkThatIsNoAddressIsShownWithoutSecrets() {
    assertThatThrownBy(() -> token(of(PaginationStyle.NEXT_URL), "/x?api_key=hidden&a=%zz"))
        .isInstanceOf(ShapeException.class)
        .hasMessage("has a next page that is no address: '/x?api_key=****&a=%zz'");
  }

  @Test
  void pageNumbersAreCountedUpToAnEmptyPage() throws ShapeException {
    Pagination numbers = of(PaginationStyle.PAGE_NUMBER);
    assertThat(numbers.first()).isEqualTo("1");
    assertThat(numbers.next(turn("[1,2]", null, false))).isEqualTo("2");
    assertThat(numbers.next(turn("[1]", "9", false))).isEqualTo("10");
    assertThat(numbers.next(turn("[]", "10", false))).isNull();
    assertThat(new PageNumber(0, 5, null).next(turn("[1]", null, false))).isEqualTo("5");
  }

  @Test
  void countedPagesHaveNoGapAsLongAsAllWereFull() {
    Walked full = new Walked(2, 20, "", 0);
    Walked short1 = new Walked(2, 17, "", 0);
    assertThat(new PageNumber(1, 1, 10).isGapless(full)).isTrue();
    assertThat(new PageNumber(1, 1, 10).isGapless(short1)).isFalse();
    assertThat(new PageNumber(1, 1, null).isGapless(Walked.NONE)).isTrue();
    assertThat(new PageNumber(1, 1, null).isGapless(full)).isFalse();
    assertThat(new OffsetLimit(0, 10).isGapless(full)).isTrue();
    assertThat(new OffsetLimit(0, 10).isGapless(short1)).isFalse();
    assertThat(new OffsetLimit(0, null).isGapless(short1)).isTrue();
  }

  @Test
  void anEmptyPageIsNoEndWhereTheResponseSaysSo() throws ShapeException {
    assertThat(of(PaginationStyle.PAGE_NUMBER).next(turn("[]", "2", true))).isEqualTo("3");
    PageTurn eleventh = new PageTurn(page("[]"), ASKED, "12", null, true, 10, Walked.NONE);
    assertThatThrownBy(() -> of(PaginationStyle.PAGE_NUMBER).next(eleventh))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "says that there is more (option 'hasMoreField'), but 11 pages without records came one"
                + " after the other");
    assertThatThrownBy(() -> of(PaginationStyle.OFFSET_LIMIT).next(turn("[]", "2", true)))
        .hasMessage(
            "says that there is more (option 'hasMoreField'), but has no records to count on from;"
                + " set 'pageStep'");
  }

  @Test
  void recordsAreCountedOrStepped() throws ShapeException {
    Pagination counted = of(PaginationStyle.OFFSET_LIMIT);
    assertThat(counted.first()).isEqualTo("0");
    assertThat(counted.next(turn("[1,2,3]", null, false))).isEqualTo("3");
    assertThat(counted.next(turn("[1]", "3", false))).isEqualTo("4");
    assertThat(counted.next(turn("[]", "4", false))).isNull();
    assertThat(new OffsetLimit(1, 100).next(turn("[1]", null, false))).isEqualTo("101");
  }

  @Test
  void theLastPageForEverIsAnError() throws ShapeException {
    ScannedPage page = page("[1,2]");
    Walked walked = Walked.NONE;
    for (int i = 0; i < 11; i++) {
      walked = walked.with(page, page.size(), true);
    }
    PageTurn again = new PageTurn(page, ASKED, "11", null, false, 0, walked);
    assertThat(walked.repeats()).isEqualTo(10);
    assertThat(walked.with(page("[2,1]"), 2, true).repeats()).isZero();
    assertThatThrownBy(() -> of(PaginationStyle.PAGE_NUMBER).next(again))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "has the same 2 records as the 10 pages before it: the API seems to answer its last"
                + " page for every page beyond it; set 'totalField', 'totalPagesField',"
                + " 'hasMoreField' or 'shortPageEnds'");
  }

  @Test
  void theLastRecordIsTheTokenInItsOwnForm() throws ShapeException {
    String body =
        "[{\"id\":1},{\"id\":\"a\\\"b\",\"at\":9007199254740993,\"sort\":[1.50,\"x\",null]}]";
    assertThat(lastRecord("id").next(turn(body, null, false))).isEqualTo("\"a\\\"b\"");
    assertThat(lastRecord("id").sent("\"a\\\"b\"")).isEqualTo("a\"b");
    assertThat(lastRecord("at").sent("9007199254740993")).isEqualTo("9007199254740993");
    assertThat(lastRecord("at", "id").next(turn(body, null, false)))
        .isEqualTo("[9007199254740993,\"a\\\"b\"]");
    assertThat(lastRecord("sort").next(turn(body, null, false))).isEqualTo("[1.50,\"x\",null]");
    assertThat(lastRecord("sort").sent("[1.50,\"x\",null]"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .containsExactly(new BigDecimal("1.50"), "x", null);
    assertThat(lastRecord("id").next(turn("[]", "1", false))).isNull();
  }

  @Test
  void theLastRecordAloneAgainIsTheEndAndAPageOfItIsAnError() throws ShapeException {
    assertThat(lastRecord("id").next(turn("[{\"id\":2}]", "2", false))).isNull();
    assertThatThrownBy(() -> lastRecord("id").next(turn("[{\"id\":1},{\"id\":2}]", "2", false)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "has 2 records, the last of which is the one that it was asked to go on from: the API"
                + " does not heed the token, or as many records share its value; add a field to"
                + " 'nextField' that tells them apart, or set 'pageSize' if a full page has more");
  }

  @Test
  void recordsThatShareTheTokenAreTheEndIfAFullPageHasMore() throws ShapeException {
    String tied = "[{\"at\":2},{\"at\":2}]";
    assertThat(ofPages(3, "at").next(turn(tied, "2", false))).isNull();
    assertThatThrownBy(() -> ofPages(2, "at").next(turn(tied, "2", false)))
        .hasMessageEndingWith("add a field to 'nextField' that tells them apart");
    assertThatThrownBy(() -> ofPages(3, "at").next(turn("[{\"at\":1},{\"at\":2}]", "2", false)))
        .hasMessageContaining("does not heed the token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[{\"id\":1},{\"a\":2}]", "[{\"id\":1},{\"a\":2,\"id\":null}]"})
  void aLastRecordWithoutTheFieldIsAnErrorThatNamesIt(String body) {
    assertThatThrownBy(() -> lastRecord("id").next(turn(body, null, false)))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith(
            "has a last record without the field 'id' (option 'nextField') that leads on to the"
                + " next page; its fields are: a");
  }

  @Test
  void aLastRecordThatCannotBeATokenIsAnError() {
    assertThatThrownBy(() -> lastRecord("id").next(turn("[{\"id\":{}}]", null, false)))
        .hasMessage(
            "has an object in the field 'id' (option 'nextField') of its last record, but a text, a"
                + " number or an array was expected");
    String huge = "[{\"id\":\"" + "x".repeat(1 << 20) + "\"}]";
    assertThatThrownBy(() -> lastRecord("id").next(turn(huge, null, false)))
        .hasMessage(
            "has 1048578 characters in the fields of its last record for the next page, more than"
                + " the 65536 that a position can hold");
    assertThatThrownBy(() -> lastRecord("id").next(turn("[]", "1", true)))
        .hasMessage(
            "says that there is more (option 'hasMoreField'), but has no record to go on from");
  }
}
