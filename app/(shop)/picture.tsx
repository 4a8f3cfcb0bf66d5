import styles from "./picture.module.css";

/** A product's picture beside its title, which says the same: screen readers pass over it. */
export function Picture({
  src,
  title,
  eager = false,
}: {
  src: string | null | undefined;
  title: string;
  eager?: boolean;
}) {
  if (!src)
    return (
      <span className={styles.blank} aria-hidden="true">
        {Array.from(title)[0]}
      </span>
    );
  return (
    // biome-ignore lint/performance/noImgElement: pictures are small and served as they are.
    <img
      className={styles.picture}
      src={src}
      alt=""
      width={640}
      height={640}
      loading={eager ? "eager" : "lazy"}
      decoding="async"
    />
  );
}
