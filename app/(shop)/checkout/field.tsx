import styles from "./checkout.module.css";
import type { CheckoutState, FormField, RecipientField } from "./checkout-state";

type Input<Name> = {
  name: Name;
  autoComplete?: string;
  inputMode?: "numeric";
  type?: "tel";
  maxLength?: number;
  rows?: number;
};

/** In the order in which a Chinese address is written. */
export const recipientInputs: Input<RecipientField>[] = [
  { name: "name", autoComplete: "name" },
  { name: "phone", autoComplete: "tel-national", type: "tel", inputMode: "numeric" },
  { name: "province", autoComplete: "address-level1" },
  { name: "city", autoComplete: "address-level2" },
  { name: "district", autoComplete: "address-level3" },
  { name: "address", autoComplete: "street-address", rows: 2 },
];

/** A row with its label, and under it what is wrong with what was typed. */
export function Field(props: {
  input: Input<FormField>;
  label: string;
  state: CheckoutState;
  required?: boolean;
  placeholder?: string;
}) {
  const { rows, ...input } = props.input;
  const problem = props.state.problems[input.name];
  const shared = {
    ...input,
    id: input.name,
    defaultValue: props.state.typed[input.name] ?? "",
    required: props.required,
    placeholder: props.placeholder,
    "aria-invalid": problem ? true : undefined,
    "aria-describedby": problem ? `${input.name}-problem` : undefined,
  };
  return (
    <div className={`weui-cell ${styles.field}`} data-wrong={problem ? "" : undefined}>
      <label className={styles.label} htmlFor={input.name}>
        {props.label}
      </label>
      <div className="weui-cell__bd">
        {rows ? (
          <textarea className={`weui-textarea ${styles.area}`} rows={rows} {...shared} />
        ) : (
          <input className={`weui-input ${styles.input}`} {...shared} />
        )}
        {problem && (
          <p id={`${input.name}-problem`} className={styles.problem}>
            {problem}
          </p>
        )}
      </div>
    </div>
  );
}
