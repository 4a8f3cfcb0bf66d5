/** The widths in which a product's picture is kept beside the whole: a line of an order, a card on a phone. */
export const pictureWidths = [320, 800] as const;

const wholePx = 1600;

/** Where anybody gets a picture that a product shows. The name is made of the content: what is there never changes. */
export function pictureAddress(name: string): string {
  return `/pictures/${name}`;
}

/** The whole and each size of it by its name. */
export function namesOf(whole: string): string[] {
  return [whole, ...pictureWidths.map((width) => sizedName(whole, width))];
}

export function sizedName(whole: string, width: number): string {
  return whole.replace(/\.webp$/, `-${width}.webp`);
}

/** The name in an address of ours; null for any other address, such as the demo's drawings. */
export function nameIn(address: string): string | null {
  return /^\/pictures\/([0-9a-f]{64}\.webp)$/.exec(address)?.[1] ?? null;
}

/** `srcset` for an address in `images`; none when there is one size of it only. */
export function sourcesOf(address: string): string | undefined {
  const name = nameIn(address);
  if (!name) return undefined;
  const sized = pictureWidths.map((width) => `${pictureAddress(sizedName(name, width))} ${width}w`);
  return [...sized, `${address} ${wholePx}w`].join(", ");
}

/** Where WeChat gets a raster picture for a shared card, of a product's picture or of one of the demo's drawings. */
export function cardPicture(address: string): string | null {
  const name = /^\/pictures\/([0-9a-z-]+)\.(?:webp|svg)$/.exec(address)?.[1];
  return name ? `/cards/${name}.jpg` : null;
}
