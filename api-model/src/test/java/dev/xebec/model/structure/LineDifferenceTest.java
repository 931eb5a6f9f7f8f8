package dev.xebec.model.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;

class LineDifferenceTest {

    @Example
    void changesFarApartStandInHunksOfTheirOwn() {
        String before = numbers(20);
        String now = before.replace("2\n", "two\n").replace("18", "eighteen");
        assertThat(LineDifference.of(before, now)).startsWith("@@ -1,").contains("\n@@ -").contains("-18\n+eighteen\n");
    }

    @Example
    void whatIsAddedAtTheEndHasThreeLinesBeforeIt() {
        assertThat(LineDifference.of(numbers(9), numbers(9) + "\nmore"))
                .isEqualTo("@@ -7,3 +7,4 @@\n 7\n 8\n 9\n+more\n");
    }

    @Example
    void frequentLinesOfALongTextBeginNoMatch() {
        String before = IntStream.range(0, 300).mapToObj(at -> "}").collect(Collectors.joining("\n"));
        assertThat(LineDifference.of(before, "x\n" + before)).isNotEmpty();
    }

    /** Whoever takes the lines that are kept and added has the later text; kept and gone, the earlier one. */
    @Property(tries = 300)
    void bothTextsCanBeReadFromADifference(@ForAll @Size(max = 12) List<@CharRange(from = 'a', to = 'd') Character> one,
            @ForAll @Size(max = 12) List<@CharRange(from = 'a', to = 'd') Character> other) {
        String before = lines(one);
        String now = lines(other);
        List<String> earlier = new ArrayList<>();
        List<String> later = new ArrayList<>();
        for (String line : LineDifference.of(before, now).lines().filter(line -> !line.startsWith("@@")).toList()) {
            if (line.startsWith(" ") || line.startsWith("-")) {
                earlier.add(line.substring(1));
            }
            if (line.startsWith(" ") || line.startsWith("+")) {
                later.add(line.substring(1));
            }
        }
        if (before.equals(now)) {
            assertThat(earlier).isEmpty();
        } else {
            assertThat(reaches(before, earlier)).isTrue();
            assertThat(reaches(now, later)).isTrue();
        }
    }

    /** The lines shown are the text's, in its order; those far from any change are left out. */
    private static boolean reaches(String text, List<String> shown) {
        int at = 0;
        for (String line : text.split("\n", -1)) {
            if (at < shown.size() && shown.get(at).equals(line)) {
                at++;
            }
        }
        return at == shown.size();
    }

    private static String lines(List<Character> letters) {
        return letters.stream().map(String::valueOf).collect(Collectors.joining("\n"));
    }

    private static String numbers(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(String::valueOf).collect(Collectors.joining("\n"));
    }
}
