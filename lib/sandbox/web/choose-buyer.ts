import type { Answer } from "@/lib/sandbox/answer";
import { html } from "@/lib/sandbox/html";
import { buyers, openidOf } from "@/lib/sandbox/identity/buyers";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import { writeCookie } from "@/lib/sandbox/web/cookies";
import { page, redirect } from "@/lib/sandbox/web/page";
import { buyerCookie, type Visit } from "@/lib/sandbox/web/visit";

const texts = {
  title: { zh: "我是谁", en: "Who am I" },
  note: {
    zh: "在这个浏览器里，登录和付款都用所选的买家。",
    en: "In this browser, signing in and paying are done as the chosen buyer.",
  },
  choose: { zh: "使用这位买家", en: "Be this buyer" },
} as const;

/** GET /buyers: the people of the sandbox. The choice is this browser's. */
export function showBuyers(sandbox: Sandbox, visit: Visit): Answer {
  const { language } = visit;
  const rows = buyers.map((one) => {
    const openid = openidOf(sandbox, { buyer: one.id, appId: sandbox.identity.appId });
    return html`<li><label><input type="radio" name="buyer" value="${one.id}"${one.id === visit.buyer ? html` checked` : null}>
<span>${one[language]}<span class="quiet number">${openid}</span></span></label></li>`;
  });
  const body = html`
<h1>${texts.title[language]}</h1>
<p class="quiet">${texts.note[language]}</p>
<form method="post" action="/buyers" class="card">
<fieldset class="bare"><legend class="hidden">${texts.title[language]}</legend><ul class="people">${rows}</ul></fieldset>
<div class="actions"><button class="main" type="submit">${texts.choose[language]}</button></div>
</form>`;
  return page(visit, { title: texts.title[language], body, width: "narrow" });
}

/** POST /buyers */
export function chooseBuyer(visit: Visit): Answer {
  const chosen = buyers.find((one) => one.id === visit.form.get("buyer"));
  return redirect("/buyers", chosen ? { "set-cookie": writeCookie(buyerCookie, chosen.id) } : undefined);
}
