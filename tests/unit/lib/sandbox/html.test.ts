import { expect, test } from "vitest";
import { Html, html } from "@/lib/sandbox/html";

test("text becomes text, never markup", () => {
  const hostile = `<b onclick="x('&')">`;

  expect(html`<p title="${hostile}">${hostile}</p>`.text).not.toContain("<b");
  expect(html`${hostile}`.text).toBe("&lt;b onclick=&quot;x(&#39;&amp;&#39;)&quot;&gt;");
});

test("what was built here is not escaped twice, lists are joined, nothing is nothing", () => {
  const items = ["a", "&"].map((one) => html`<li>${one}</li>`);

  expect(html`<ul>${items}</ul>${null}${undefined}${false}${0}`.text).toBe(
    "<ul><li>a</li><li>&amp;</li></ul>0",
  );
  expect(html`${new Html("<br>")}`.text).toBe("<br>");
});
