import type { ReactNode } from "react";
import styles from "./notice.module.css";

/** A page or part of one with nothing to show but a sentence and a way on: empty, not found, failed. */
export function Notice(props: {
  title: string;
  text: string;
  /** "h2" where the page around has a title of its own. */
  heading?: "h1" | "h2";
  children?: ReactNode;
}) {
  const { title, text, heading: Heading = "h1", children } = props;
  return (
    <div className={styles.notice}>
      <EmptyLedger />
      <Heading className={styles.title}>{title}</Heading>
      <p className={styles.text}>{text}</p>
      {children && <div className={styles.actions}>{children}</div>}
    </div>
  );
}

/** Links and buttons inside a notice look alike. */
export const noticeAction = styles.action;

function EmptyLedger() {
  return (
    <svg
      className={styles.mark}
      viewBox="0 0 48 48"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      aria-hidden="true"
    >
      <path d="M10 6h28v36H10zM17 6v36" />
      <path d="M22 15h11M22 22h11M22 29h6" strokeDasharray="2 3" />
    </svg>
  );
}
