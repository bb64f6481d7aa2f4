package io.reststream.core.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example that RFC 6570 gives: sections 1.2, 2.4.1, 2.4.2 and 3.2.1 to 3.2.9. */
class Rfc6570ExamplesTest {

  private static final String SECTION_1_2 =
      """
      {var}                value
      {hello}              Hello%20World%21
      {+var}               value
      {+hello}             Hello%20World!
      {+path}/here         /foo/bar/here
      here?ref={+path}     here?ref=/foo/bar
      X{#var}              X#value
      X{#hello}            X#Hello%20World!
      map?{x,y}            map?1024,768
      {x,hello,y}          1024,Hello%20World%21,768
      {+x,hello,y}         1024,Hello%20World!,768
      {+path,x}/here       /foo/bar,1024/here
      {#x,hello,y}         #1024,Hello%20World!,768
      {#path,x}/here       #/foo/bar,1024/here
      X{.var}              X.value
      X{.x,y}              X.1024.768
      {/var}               /value
      {/var,x}/here        /value/1024/here
      {;x,y}               ;x=1024;y=768
      {;x,y,empty}         ;x=1024;y=768;empty
      {?x,y}               ?x=1024&y=768
      {?x,y,empty}         ?x=1024&y=768&empty=
      ?fixed=yes{&x}       ?fixed=yes&x=1024
      {&x,y,empty}         &x=1024&y=768&empty=
      {var:3}              val
      {var:30}             value
      {list}               red,green,blue
      {list*}              red,green,blue
      {keys}               semi,%3B,dot,.,comma,%2C
      {keys*}              semi=%3B,dot=.,comma=%2C
      {+path:6}/here       /foo/b/here
      {+list}              red,green,blue
      {+list*}             red,green,blue
      {+keys}              semi,;,dot,.,comma,,
      {+keys*}             semi=;,dot=.,comma=,
      {#path:6}/here       #/foo/b/here
      {#list}              #red,green,blue
      {#list*}             #red,green,blue
      {#keys}              #semi,;,dot,.,comma,,
      {#keys*}             #semi=;,dot=.,comma=,
      X{.var:3}            X.val
      X{.list}             X.red,green,blue
      X{.list*}            X.red.green.blue
      X{.keys}             X.semi,%3B,dot,.,comma,%2C
      X{.keys*}            X.semi=%3B.dot=..comma=%2C
      {/var:1,var}         /v/value
      {/list}              /red,green,blue
      {/list*}             /red/green/blue
      {/list*,path:4}      /red/green/blue/%2Ffoo
      {/keys}              /semi,%3B,dot,.,comma,%2C
      {/keys*}             /semi=%3B/dot=./comma=%2C
      {;hello:5}           ;hello=Hello
      {;list}              ;list=red,green,blue
      {;list*}             ;list=red;list=green;list=blue
      {;keys}              ;keys=semi,%3B,dot,.,comma,%2C
      {;keys*}             ;semi=%3B;dot=.;comma=%2C
      {?var:3}             ?var=val
      {?list}              ?list=red,green,blue
      {?list*}             ?list=red&list=green&list=blue
      {?keys}              ?keys=semi,%3B,dot,.,comma,%2C
      {?keys*}             ?semi=%3B&dot=.&comma=%2C
      {&var:3}             &var=val
      {&list}              &list=red,green,blue
      {&list*}             &list=red&list=green&list=blue
      {&keys}              &keys=semi,%3B,dot,.,comma,%2C
      {&keys*}             &semi=%3B&dot=.&comma=%2C
      """;

  private static final String SECTION_2_4 =
      """
      {var}                value
      {var:20}             value
      {var:3}              val
      {semi}               %3B
      {semi:2}             %3B
      /mapper{?address*}   /mapper?city=Newport%20Beach&state=CA
      find{?year*}         find?year=1965&year=2000&year=2012
      www{.dom*}           www.example.com
      """;

  private static final String SECTION_3_2_1 =
      """
      {count}              one,two,three
      {count*}             one,two,three
      {/count}             /one,two,three
      {/count*}            /one/two/three
      {;count}             ;count=one,two,three
      {;count*}            ;count=one;count=two;count=three
      {?count}             ?count=one,two,three
      {?count*}            ?count=one&count=two&count=three
      {&count*}            &count=one&count=two&count=three
      """;

  private static final String SECTION_3_2_2 =
      """
      {var}                value
      {hello}              Hello%20World%21
      {half}               50%25
      O{empty}X            OX
      O{undef}X            OX
      {x,y}                1024,768
      {x,hello,y}          1024,Hello%20World%21,768
      ?{x,empty}           ?1024,
      ?{x,undef}           ?1024
      ?{undef,y}           ?768
      {var:3}              val
      {var:30}             value
      {list}               red,green,blue
      {list*}              red,green,blue
      {keys}               semi,%3B,dot,.,comma,%2C
      {keys*}              semi=%3B,dot=.,comma=%2C
      """;

  private static final String SECTION_3_2_3 =
      """
      {+var}               value
      {+hello}             Hello%20World!
      {+half}              50%25
      {base}index          http%3A%2F%2Fexample.com%2Fhome%2Findex
      {+base}index         http://example.com/home/index
      O{+empty}X           OX
      O{+undef}X           OX
      {+path}/here         /foo/bar/here
      here?ref={+path}     here?ref=/foo/bar
      up{+path}{var}/here  up/foo/barvalue/here
      {+x,hello,y}         1024,Hello%20World!,768
      {+path,x}/here       /foo/bar,1024/here
      {+path:6}/here       /foo/b/here
      {+list}              red,green,blue
      {+list*}             red,green,blue
      {+keys}              semi,;,dot,.,comma,,
      {+keys*}             semi=;,dot=.,comma=,
      """;

  private static final String SECTION_3_2_4 =
      """
      {#var}               #value
      {#hello}             #Hello%20World!
      {#half}              #50%25
      foo{#empty}          foo#
      foo{#undef}          foo
      {#x,hello,y}         #1024,Hello%20World!,768
      {#path,x}/here       #/foo/bar,1024/here
      {#path:6}/here       #/foo/b/here
      {#list}              #red,green,blue
      {#list*}             #red,green,blue
      {#keys}              #semi,;,dot,.,comma,,
      {#keys*}             #semi=;,dot=.,comma=,
      """;

  private static final String SECTION_3_2_5 =
      """
      {.who}               .fred
      {.who,who}           .fred.fred
      {.half,who}          .50%25.fred
      www{.dom*}           www.example.com
      X{.var}              X.value
      X{.empty}            X.
      X{.undef}            X
      X{.var:3}            X.val
      X{.list}             X.red,green,blue
      X{.list*}            X.red.green.blue
      X{.keys}             X.semi,%3B,dot,.,comma,%2C
      X{.keys*}            X.semi=%3B.dot=..comma=%2C
      X{.empty_keys}       X
      X{.empty_keys*}      X
      """;

  private static final String SECTION_3_2_6 =
      """
      {/who}               /fred
      {/who,who}           /fred/fred
      {/half,who}          /50%25/fred
      {/who,dub}           /fred/me%2Ftoo
      {/var}               /value
      {/var,empty}         /value/
      {/var,undef}         /value
      {/var,x}/here        /value/1024/here
      {/var:1,var}         /v/value
      {/list}              /red,green,blue
      {/list*}             /red/green/blue
      {/list*,path:4}      /red/green/blue/%2Ffoo
      {/keys}              /semi,%3B,dot,.,comma,%2C
      {/keys*}             /semi=%3B/dot=./comma=%2C
      """;

  private static final String SECTION_3_2_7 =
      """
      {;who}               ;who=fred
      {;half}              ;half=50%25
      {;empty}             ;empty
      {;v,empty,who}       ;v=6;empty;who=fred
      {;v,bar,who}         ;v=6;who=fred
      {;x,y}               ;x=1024;y=768
      {;x,y,empty}         ;x=1024;y=768;empty
      {;x,y,undef}         ;x=1024;y=768
      {;hello:5}           ;hello=Hello
      {;list}              ;list=red,green,blue
      {;list*}             ;list=red;list=green;list=blue
      {;keys}              ;keys=semi,%3B,dot,.,comma,%2C
      {;keys*}             ;semi=%3B;dot=.;comma=%2C
      """;

  private static final String SECTION_3_2_8 =
      """
      {?who}               ?who=fred
      {?half}              ?half=50%25
      {?x,y}               ?x=1024&y=768
      {?x,y,empty}         ?x=1024&y=768&empty=
      {?x,y,undef}         ?x=1024&y=768
      {?var:3}             ?var=val
      {?list}              ?list=red,green,blue
      {?list*}             ?list=red&list=green&list=blue
      {?keys}              ?keys=semi,%3B,dot,.,comma,%2C
      {?keys*}             ?semi=%3B&dot=.&comma=%2C
      """;

  private static final String SECTION_3_2_9 =
      """
      {&who}               &who=fred
      {&half}              &half=50%25
      ?fixed=yes{&x}       ?fixed=yes&x=1024
      {&x,y,empty}         &x=1024&y=768&empty=
      {&x,y,undef}         &x=1024&y=768
      {&var:3}             &var=val
      {&list}              &list=red,green,blue
      {&list*}             &list=red&list=green&list=blue
      {&keys}              &keys=semi,%3B,dot,.,comma,%2C
      {&keys*}             &semi=%3B&dot=.&comma=%2C
      """;

  @ParameterizedTest(name = "{0}: {1} -> {2}")
  @MethodSource("examples")
  void expandsAsTheRfcSays(String section, String template, String expansion) {
    assertThat(UriTemplate.parse(template).expand(Placeholders.of(variables())))
        .isEqualTo(expansion);
  }

  static Stream<Arguments> examples() {
    Map<String, String> sections = new LinkedHashMap<>();
    sections.put("1.2", SECTION_1_2);
    sections.put("2.4", SECTION_2_4);
    sections.put("3.2.1", SECTION_3_2_1);
    sections.put("3.2.2", SECTION_3_2_2);
    sections.put("3.2.3", SECTION_3_2_3);
    sections.put("3.2.4", SECTION_3_2_4);
    sections.put("3.2.5", SECTION_3_2_5);
    sections.put("3.2.6", SECTION_3_2_6);
    sections.put("3.2.7", SECTION_3_2_7);
    sections.put("3.2.8", SECTION_3_2_8);
    sections.put("3.2.9", SECTION_3_2_9);
    return sections.entrySet().stream()
        .flatMap(
            section ->
                section
                    .getValue()
                    .lines()
                    .map(line -> line.split(" +"))
                    .map(line -> Arguments.of(section.getKey(), line[0], line[1])));
  }

  private static Map<String, Object> variables() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("semi", ";");
    keys.put("dot", ".");
    keys.put("comma", ",");
    Map<String, Object> address = new LinkedHashMap<>();
    address.put("city", "Newport Beach");
    address.put("state", "CA");
    Map<String, Object> variables = new LinkedHashMap<>();
    variables.put("count", List.of("one", "two", "three"));
    variables.put("dom", List.of("example", "com"));
    variables.put("dub", "me/too");
    variables.put("hello", "Hello World!");
    variables.put("half", "50%");
    variables.put("var", "value");
    variables.put("who", "fred");
    variables.put("base", "http://example.com/home/");
    variables.put("path", "/foo/bar");
    variables.put("list", List.of("red", "green", "blue"));
    variables.put("keys", keys);
    variables.put("v", "6");
    variables.put("x", "1024");
    variables.put("y", "768");
    variables.put("empty", "");
    variables.put("empty_keys", Map.of());
    variables.put("undef", null);
    variables.put("semi", ";");
    variables.put("address", address);
    variables.put("year", List.of("1965", "2000", "2012"));
    return variables;
  }
}
