import type { Recipient } from "@/lib/orders/recipient";
import styles from "./address-text.module.css";

/** A saved address as its owner knows it: who and how to reach them, then where. */
export function AddressText({ address, mark }: { address: Recipient; mark: string | null }) {
  return (
    <span className={styles.address}>
      <span>
        <strong>{address.name}</strong> <span className="zg-number">{address.phone}</span>
        {mark && <span className={styles.mark}>{mark}</span>}
      </span>
      <span className={styles.place}>
        {address.province} {address.city} {address.district} {address.address}
      </span>
    </span>
  );
}
