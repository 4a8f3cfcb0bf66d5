import { cardPicture } from "@/lib/pictures/picture-address";
import { shop } from "@/lib/shop";
import type { Card } from "./card";
import { currentPlace } from "./current-place";
import { hasJsSdk } from "./place";

type Of = { title: string; text: string; path: string; image: string | null | undefined };

/** Says what WeChat is to show of the page around it; without one it is the shop's own card. Outside WeChat it is nothing. */
export async function ShareCard(of: Of) {
  return hasJsSdk(await currentPlace()) ? <span hidden data-share-card={JSON.stringify(cardOf(of))} /> : null;
}

/** The link is the page's public address: nothing of who looked at it, or from where. */
export function cardOf({ title, text, path, image }: Of): Card {
  const { siteUrl } = shop().environment;
  const picture = image ? cardPicture(image) : null;
  const absolute = (address: string) => new URL(address, siteUrl).href;
  return {
    title,
    text: text.replace(/\s+/g, " ").slice(0, longestText),
    link: absolute(path),
    picture: picture ? absolute(picture) : "",
  };
}

const longestText = 100; // A card has two lines for it.
