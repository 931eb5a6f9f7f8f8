package dev.xebec.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinksTest {
    private static final Links LINKS = new Links("/api/v1/namespaces/d/services/web/proxy", "10.0.0.1:80",
            "localhost:8001");

    @ParameterizedTest
    @CsvSource({"/a/b?c=d#e, /api/v1/namespaces/d/services/web/proxy/a/b?c=d#e",
            "/a/, /api/v1/namespaces/d/services/web/proxy/a/", "a/b, a/b", "#x, #x", "http://other/a, http://other/a",
            "http://10.0.0.1:80/a, /api/v1/namespaces/d/services/web/proxy/a",
            "http://localhost:8001/a, http://localhost:8001/api/v1/namespaces/d/services/web/proxy/a",
            "/api/v1/namespaces/d/services/web/proxy/a, /api/v1/namespaces/d/services/web/proxy/a",
            "http://[bad, http://[bad", "mailto:a@b, mailto:a@b"})
    void leadThroughTheProxyAgain(String url, String rewritten) {
        assertThat(LINKS.rewritten(url)).isEqualTo(rewritten);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"<a href=\"/x\">y</a> | <a href=\"P/x\">y</a>",
            "<A class=c HREF='/x?a&amp;b'>y</A> | <A class=c HREF='P/x?a&amp;b'>y</A>",
            "<img src=/i.png/> | <img src=P/i.png/>",
            "<a title=\"/x\">/x</a> | <a title=\"/x\">/x</a>", "<!-- <a href=\"/x\"> --> | <!-- <a href=\"/x\"> -->",
            "<script src=\"/s\">a='<a href=\"/x\">'</script><a href=\"/x\"> | <script src=\"P/s\">a='<a href=\"/x\">'</script><a href=\"P/x\">",
            "a < b <c | a < b <c", "<a href= | <a href="})
    void pagesKeepAllButTheirLinks(String page, String rewritten) {
        assertThat(HtmlLinks.rewritten(page, url -> url.startsWith("/") ? "P" + url : url)).isEqualTo(rewritten);
    }

    @Property(tries = 500)
    void aPageWithoutLinksStaysAsItIs(
            @ForAll @CharRange(from = ' ', to = '~') @StringLength(max = 200) String page) {
        assertThat(HtmlLinks.rewritten("<p " + page, url -> url)).isEqualTo("<p " + page);
    }
}
