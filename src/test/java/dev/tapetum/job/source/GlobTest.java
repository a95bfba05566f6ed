package dev.tapetum.job.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*.jpg        | a.jpg            | true",
                "*.jpg        | .jpg             | true",
                "*.jpg        | a.jpeg           | false",
                "*.jpg        | d/a.jpg          | false",
                "?.jpg        | a.jpg            | true",
                "?.jpg        | ab.jpg           | false",
                "*/*.jpg      | d/a.jpg          | true",
                "*/*.jpg      | d/e/a.jpg        | false",
                "**           | a                | true",
                "**           | d/e/a.jpg        | true",
                "**/*.jpg     | a.jpg            | true",
                "**/*.jpg     | d/e/a.jpg        | true",
                "**/*.jpg     | d/e/a.png        | false",
                "d/**         | d/e/f/a.png      | true",
                "d/**         | d                | false",
                "d/**/e/*     | d/e/a            | true",
                "d/**/e/*     | d/x/y/e/a        | true",
                "d/**/e/*     | d/x/y/a          | false",
                "**/**/**/a   | b/b/b/b/b/b/b/a  | true",
                "*.{jpg,png}  | a.png            | true",
                "*.{jpg,png}  | a.gif            | false",
                "{a/b,c}/*    | a/b/x            | true",
                "{a/b,c}/*    | c/x              | true",
                "{a,{b,c}}d   | cd               | true",
                "{,x}a        | a                | true",
                "[a-c].jpg    | b.jpg            | true",
                "[a-c].jpg    | d.jpg            | false",
                "[!a-c].jpg   | d.jpg            | true",
                "[^a-c].jpg   | a.jpg            | false",
                "[]].jpg      | ].jpg            | true",
                "[a&&b]       | &                | true",
                "\\*.jpg      | *.jpg            | true",
                "\\*.jpg      | a.jpg            | false",
                "\\{a,b\\}    | {a,b}            | true",
                "a+b(1).$     | a+b(1).$         | true",
                "a//b         | a/b              | true",
            })
    void matchesAsAShellWould(String pattern, String path, boolean expected) {
        assertThat(Glob.of(pattern).matches(path)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "*.jpg,d,false",
        "*/*.jpg,d,true",
        "*/*.jpg,d/e,false",
        "d*/x/*,d1,true",
        "d*/x/*,e1,false",
        "d*/x/*,d1/x,true",
        "d*/x/*,d1/y,false",
        "**/*.jpg,d/e/f,true",
        "d/**,e,false",
        "d/**,d/e/f,true",
    })
    void reachesOnlyFoldersThatCanHoldAMatch(String pattern, String folder, boolean expected) {
        assertThat(Glob.of(pattern).reaches(folder)).isEqualTo(expected);
    }

    @Test
    void theBaseIsAlwaysReached() {
        assertThat(Glob.of("*.jpg").reaches("")).isTrue();
    }

    @Test
    void lineBreaksInNamesAreCharactersLikeOthers() {
        assertThat(Glob.of("*.jpg").matches("a\nb.jpg")).isTrue();
    }

    @Test
    void unclosedBracketsAreRefused() {
        assertThatThrownBy(() -> Glob.of("a[b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'[' is not closed in 'a[b'");
        assertThatThrownBy(() -> Glob.of("a{b,c"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'{' is not closed in 'a{b,c'");
    }
}
