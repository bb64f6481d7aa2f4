package io.reststream.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorConditionsTest {

  private static ScannedPage scan(String data, String conditions, String body)
      throws ShapeException {
    List<Condition> errors = Stream.of(conditions.split(",")).map(Condition::parse).toList();
    FieldPath path = data == null ? null : FieldPath.parse(data);
    return new RecordScanner(path, null, FieldPath.parse("next"), PageFields.NONE, errors)
        .scan(body.getBytes(UTF_8), false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ok=false     | {'data':[],'ok':false}                | ok=false",
        "ok=false     | {'ok':false,'error':'ratelimited'}    | ok=false",
        "ok!=true     | {'ok':false,'data':[]}                | ok!=true",
        "status!=ok   | {'data':[]}                           | status!=ok",
        "status!=ok   | [1]                                   | status!=ok",
        "code!=0      | {'code':17,'data':[]}                 | code!=0",
        "error        | {'error':['EGeneral:Too many'],'data':[]} | error",
        "error        | {'error':{'code':0},'data':[]}        | error",
        "error        | {'error':'no','data':[]}              | error",
        "error        | {'error':true,'data':[]}              | error",
        "error        | {'error':-0.5,'data':[]}              | error",
        "error!=null  | {'error':{},'data':[]}                | error!=null",
        "a.b=x        | {'a':{'c':1,'b':'x'},'data':[]}       | a.b=x",
        "a.0.b        | {'a':[{'b':1}],'data':[]}             | a.0.b",
        "next=e       | {'next':'e','data':[]}                | next=e",
        "meta.e,meta  | {'meta':{'e':null},'data':[]}         | meta",
        "x=1,x=2      | {'x':2,'data':[]}                     | x=2",
        "ok=false     | {'ok':false,'data':'no access'}       | ok=false",
        "e=a=b        | {'e':'a=b'}                           | e=a=b",
        "e=           | {'e':''}                              | e="
      })
  void responseThatMeetsAConditionIsAnError(String conditions, String body, String met) {
    assertThatThrownBy(() -> scan(null, conditions, body.replace('\'', '"')))
        .isInstanceOf(ReportedException.class)
        .hasMessage("is an error by the condition '%s' (option 'errorWhen')", met);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ok=false     | {'ok':true,'data':[]}",
        "ok=false     | {'data':[]}",
        "ok=false     | {'ok':'False','data':[]}",
        "error        | {'error':[ ],'data':[]}",
        "error        | {'error':{},'data':[]}",
        "error        | {'error':'','data':[]}",
        "error        | {'error':null,'data':[]}",
        "error        | {'error':false,'data':[]}",
        "error        | {'error':0,'data':[]}",
        "error        | {'error':0.0,'data':[]}",
        "error        | {'data':[{'error':'x'}]}",
        "error!=null  | {'data':[]}",
        "error!=null  | {'error':null,'data':[]}",
        "error        | [{'error':'x'}]",
        "status!=ok   | {'status':'ok','data':[]}",
        "a.b=x        | {'a':'x','data':[]}",
        "a=[]         | {'a':[],'data':[]}"
      })
  void responseThatMeetsNoneIsAPage(String conditions, String body) throws ShapeException {
    assertThat(scan(null, conditions, body.replace('\'', '"'))).isNotNull();
  }

  @Test
  void conditionsLeaveTheRestOfTheScanAsItIs() throws ShapeException {
    ScannedPage page =
        scan(
            "data.items",
            "meta,next=x,data.e",
            "{\"next\":\"n\",\"meta\":{},\"data\":{\"e\":null,\"items\":[1,2]}}");
    assertThat(page.size()).isEqualTo(2);
    assertThat(page.offset()).isEqualTo(new ScannedPage.Scalar("n", false));
  }

  @Test
  void wholeResponseAsARecordIsLookedAtToo() {
    assertThatThrownBy(() -> scan("", "ok=false", "{\"a\":{},\"ok\":false}"))
        .isInstanceOf(ReportedException.class);
  }

  @Test
  void bodyThatIsNoJsonIsNoError() {
    assertThatThrownBy(() -> scan(null, "ok!=true", "<html>"))
        .isInstanceOf(ShapeException.class)
        .isNotInstanceOf(ReportedException.class);
  }
}
