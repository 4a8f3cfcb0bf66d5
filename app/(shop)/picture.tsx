import { sourcesOf } from "@/lib/pictures/picture-address";
import styles from "./picture.module.css";

/**
 * A product's picture. Beside its title, which says the same, screen readers pass over it: only where there are several
 * it has an `alt`. `sizes` tells the browser how wide it is shown, so that a phone loads what a phone needs. The one that
 * `leads` a page is what buyers wait for.
 */
export function Picture({
  src,
  title,
  sizes,
  alt = "",
  eager = false,
  leads = false,
}: {
  src: string | null | undefined;
  title: string;
  sizes: string;
  alt?: string;
  eager?: boolean;
  leads?: boolean;
}) {
  if (!src)
    return (
      <span className={styles.blank} aria-hidden="true">
        {Array.from(title)[0]}
      </span>
    );
  const sources = sourcesOf(src);
  return (
    // biome-ignore lint/performance/noImgElement: pictures are kept in each size and served as they are.
    <img
      className={styles.picture}
      src={src}
      srcSet={sources}
      sizes={sources && sizes}
      alt={alt}
      width={640}
      height={640}
      loading={eager || leads ? "eager" : "lazy"}
      fetchPriority={leads ? "high" : undefined}
      decoding="async"
    />
  );
}
