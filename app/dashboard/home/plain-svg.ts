/**
 * A chart's SVG as our pages may show it: no style element, which the content security policy would block, no marks for
 * a script that is not there, and as wide as its place.
 */
export function plainSvg(svg: string): string {
  return svg
    .replace(/<style[\s\S]*?<\/style>/g, "")
    .replace(/ (?:class|ecmeta_\w+|xmlns:xlink|version|baseProfile)="[^"]*"/g, "")
    .replace(/^<svg width="[^"]*" height="[^"]*"/, '<svg width="100%" aria-hidden="true"')
    .replace(/\n+/g, "");
}
