import type { Answer } from "@/lib/sandbox/answer";
import { html } from "@/lib/sandbox/html";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import { page } from "@/lib/sandbox/web/page";
import { sampleAddresses } from "@/lib/sandbox/web/sample-addresses";
import { showProblem } from "@/lib/sandbox/web/show-cashier";
import type { Visit } from "@/lib/sandbox/web/visit";

const texts = {
  title: { zh: "选择收货地址", en: "Choose an address" },
  choose: { zh: "选择：{name}", en: "Choose {name}" },
  cancel: { zh: "返回", en: "Back" },
} as const;

/** GET /addresses: WeChat's address book, in the frame that the bridge opens for editAddress. */
export function showAddresses(_: Sandbox, visit: Visit): Answer {
  const { language } = visit;
  const origin = visit.url.searchParams.get("origin") ?? "";
  if (!URL.canParse(origin) || new URL(origin).origin !== origin) return showProblem(visit, "unknown");
  const rows = sampleAddresses.map((one) => {
    const place = `${one.proviceFirstStageName}${one.addressCitySecondStageName}${one.addressCountiesThirdStageName}`;
    return html`<li class="card">
<strong>${one.userName}</strong> <span class="number">${one.telNumber}</span>
<p>${place} ${one.addressDetailInfo}</p>
<button class="main" type="button" disabled data-address="${JSON.stringify(one)}">${texts.choose[language].replace("{name}", one.userName)}</button>
</li>`;
  });
  const body = html`
<h1>${texts.title[language]}</h1>
<ul class="addresses" data-origin="${origin}">${rows}</ul>
<div class="actions"><button class="plain" type="button" disabled data-tell="cancel" data-wait data-origin="${origin}">${texts.cancel[language]}</button></div>`;
  return page(visit, {
    title: texts.title[language],
    body,
    width: "narrow",
    framedBy: origin,
    script: "/assets/tell-shop.js",
  });
}
