import styles from "./recipient.module.css";

/** A row with its label, and under it what is wrong with what was typed. */
export function Field({
  name,
  label,
  state,
  rows,
  ...input
}: {
  name: string;
  label: string;
  state: { typed: Record<string, string | undefined>; problems: Record<string, string | undefined> };
  autoComplete?: string;
  inputMode?: "tel";
  type?: "tel";
  enterKeyHint?: "next" | "done";
  rows?: number;
  required?: boolean;
  placeholder?: string;
}) {
  const problem = state.problems[name];
  const shared = {
    ...input,
    id: name,
    name,
    defaultValue: state.typed[name] ?? "",
    "aria-invalid": problem ? true : undefined,
    "aria-describedby": problem ? `${name}-problem` : undefined,
  };
  return (
    <div className={`weui-cell ${styles.field}`} data-wrong={problem ? "" : undefined}>
      <label className={styles.label} htmlFor={name}>
        {label}
      </label>
      <div className="weui-cell__bd">
        {rows ? (
          <textarea className={`weui-textarea ${styles.area}`} rows={rows} {...shared} />
        ) : (
          <input className={`weui-input ${styles.input}`} {...shared} />
        )}
        {problem && (
          <p id={`${name}-problem`} className={styles.problem}>
            {problem}
          </p>
        )}
      </div>
    </div>
  );
}
