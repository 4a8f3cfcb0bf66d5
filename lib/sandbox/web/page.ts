import type { Answer } from "@/lib/sandbox/answer";
import { type Html, html } from "@/lib/sandbox/html";
import { writeCookie } from "@/lib/sandbox/web/cookies";
import { type Language, languageCookie } from "@/lib/sandbox/web/language";
import type { Visit } from "@/lib/sandbox/web/visit";

type PageOptions = {
  title: string;
  body: Html;
  /** `narrow` is a phone's page, `wide` a desk's. */
  width: "narrow" | "wide";
  status?: number;
  script?: string;
  /** The shop's origin, when the page may stand in its frame. */
  framedBy?: string | null;
  /** Where a form may lead in the end, besides here. */
  formLeadsTo?: string | null;
};

/** One whole page, with the head, the language switch and the headers that every page has. */
export function page(visit: Visit, options: PageOptions): Answer {
  const { language } = visit;
  // In a frame the shop's page has its own banner and main around it: one named landmark is enough.
  const top = html`<div class="top">
<p class="mark">${language === "zh" ? "微信支付沙箱 · 没有真钱" : "WeChat Pay sandbox · no real money"}</p>
${languageSwitch(visit)}
</div>`;
  const document = html`<!doctype html>
<html lang="${language === "zh" ? "zh-CN" : "en"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${options.title}</title>
<link rel="stylesheet" href="/assets/sandbox.css">
<link rel="icon" href="data:,">
${options.script ? html`<script src="${options.script}" defer></script>` : null}
</head>
<body class="${options.width}">
${options.framedBy ? html`<main aria-label="${options.title}">${top}${options.body}</main>` : html`<header>${top}</header><main>${options.body}</main>`}
</body>
</html>`;
  return {
    status: options.status ?? 200,
    contentType: "text/html; charset=utf-8",
    body: document.text,
    headers: {
      "content-security-policy": policy(options),
      "referrer-policy": "same-origin",
      "x-content-type-options": "nosniff",
      ...(visit.url.searchParams.has("lang") && { "set-cookie": writeCookie(languageCookie, language) }),
    },
  };
}

/** A link to the same page in the other language. A posted form has no address to go back to. */
function languageSwitch(visit: Visit): Html | null {
  if (visit.request.method !== "GET") return null;
  const other: Language = visit.language === "zh" ? "en" : "zh";
  const url = new URL(visit.url);
  url.searchParams.set("lang", other);
  const name = other === "zh" ? "中文" : "English";
  return html`<a class="language" lang="${other === "zh" ? "zh-CN" : "en"}" hreflang="${other === "zh" ? "zh-CN" : "en"}" href="${url.pathname}${url.search}">${name}</a>`;
}

function policy(options: PageOptions): string {
  const also = (origin: string | null | undefined) => (origin ? ` ${origin}` : "");
  return [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    `form-action 'self'${also(options.formLeadsTo)}`,
    `frame-ancestors ${options.framedBy ?? "'none'"}`,
  ].join("; ");
}

export function redirect(to: string, headers?: Record<string, string>): Answer {
  return {
    status: 303,
    contentType: "text/plain; charset=utf-8",
    body: "",
    headers: { location: to, ...headers },
  };
}
