import { type Html, html } from "@/lib/sandbox/html";
import { listCards, type ShareCard } from "@/lib/sandbox/ledger/share-cards";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import type { Visit } from "@/lib/sandbox/web/visit";
import { beijing } from "@/lib/sandbox/web/words";

const shown = 6; // Each page asks for one a kind.

const texts = {
  title: { zh: "分享卡片", en: "Share cards" },
  note: {
    zh: "商城页面请微信展示的卡片：发给朋友，或发到朋友圈。",
    en: "What the shop's pages asked WeChat to show: sent to a friend, or on Moments.",
  },
  none: { zh: "还没有页面设置分享卡片。", en: "No page has asked for a card." },
  friend: { zh: "发给朋友", en: "To a friend" },
  moments: { zh: "朋友圈", en: "Moments" },
} as const;

/** The console's card of the latest share cards. A picture is an address here: it belongs to the shop's origin. */
export function cardsCard(sandbox: Sandbox, visit: Visit): Html {
  const { language } = visit;
  const cards = listCards(sandbox.ledger, { limit: shown });
  return html`<section class="card">
<h2>${texts.title[language]}</h2>
<p class="quiet">${texts.note[language]}</p>
${cards.length === 0 ? html`<p class="quiet">${texts.none[language]}</p>` : html`<ul class="trail">${cards.map((card) => row(card, texts[card.kind][language]))}</ul>`}
</section>`;
}

function row(card: ShareCard, kind: string): Html {
  return html`<li><p><span class="quiet">${beijing(card.at)} · ${kind}</span><br><strong>${card.title}</strong> ${card.description}<br>
<a href="${card.link}">${card.link}</a>${card.picture && html`<br><a href="${card.picture}">${card.picture}</a>`}</p></li>`;
}
