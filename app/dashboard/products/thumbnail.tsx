import { sourcesOf } from "@/lib/pictures/picture-address";

/** A product's leading picture beside its title, which says the same: screen readers pass over it. */
export function Thumbnail({ src, title }: { src: string | undefined; title: string }) {
  const shape = "size-12 shrink-0 rounded-md bg-sunk object-cover";
  if (!src)
    return (
      <span className={`${shape} grid place-items-center text-l text-soft`} aria-hidden="true">
        {Array.from(title)[0]}
      </span>
    );
  const sources = sourcesOf(src);
  return (
    // biome-ignore lint/performance/noImgElement: pictures are kept in each size and served as they are.
    <img
      {...{ src, srcSet: sources, sizes: sources && "3rem" }}
      alt=""
      width={48}
      height={48}
      loading="lazy"
      decoding="async"
      className={shape}
    />
  );
}
