import { useTranslations } from "next-intl";
import { AddressText } from "@/app/(shop)/addresses/address-text";
import { RecipientFields } from "@/app/(shop)/addresses/recipient-fields";
import type { SavedAddress } from "@/lib/addresses/list-addresses";
import styles from "./checkout.module.css";
import type { CheckoutState } from "./checkout-state";

/** So many are shown at once: whoever has more rarely wants another one. */
const atOnce = 3;

/** Where it goes: one of the saved addresses, or a new one, whose fields are there when it is chosen. */
export function AddressChoice({
  addresses,
  state,
  editHref,
  canKeep,
}: {
  /** The chosen one leads. */
  addresses: SavedAddress[];
  state: CheckoutState;
  /** The page to edit one at, its id left out. */
  editHref: { before: string; after: string };
  canKeep: boolean;
}) {
  const t = useTranslations("shop.checkout");
  const book = useTranslations("addresses");
  const chosen = state.addressId ?? String(addresses[0]?.id ?? "new");
  const problem = state.problems.addressId;

  const card = (address: SavedAddress) => (
    <div key={address.id} className={`weui-cell ${styles.card}`}>
      <label className={styles.choice}>
        <input
          type="radio"
          name="addressId"
          value={address.id}
          defaultChecked={chosen === String(address.id)}
          aria-describedby={problem ? "addressId-problem" : undefined}
        />
        <AddressText address={address} mark={address.isDefault ? book("default") : null} />
      </label>
      <a
        className={styles.edit}
        href={`${editHref.before}${address.id}${editHref.after}`}
        aria-label={book("editOf", { name: address.name })}
      >
        {book("edit")}
      </a>
    </div>
  );

  return (
    <fieldset className={styles.group} aria-describedby={problem ? "addressId-problem" : undefined}>
      <legend className="weui-cells__title">{t("recipient")}</legend>
      {addresses.length > 0 && (
        <div className="weui-cells">
          {addresses.slice(0, atOnce).map(card)}
          {addresses.length > atOnce && (
            <details className={styles.more}>
              <summary className="weui-cell">
                {t("moreAddresses", { count: addresses.length - atOnce })}
              </summary>
              {addresses.slice(atOnce).map(card)}
            </details>
          )}
          <label className={`weui-cell ${styles.choice}`}>
            <input type="radio" name="addressId" value="new" defaultChecked={chosen === "new"} />
            {t("newAddress")}
          </label>
        </div>
      )}
      {problem && (
        <p id="addressId-problem" className={styles.problem}>
          {problem}
        </p>
      )}
      {addresses.length === 0 && <input type="hidden" name="addressId" value="new" />}
      <div className={styles.newAddress}>
        <RecipientFields state={state} />
        {canKeep ? (
          <label className="shop-tick">
            <input type="checkbox" name="keep" value="yes" defaultChecked={state.isKept} />
            {t("keep")}
          </label>
        ) : (
          <p className={styles.hold}>{t("bookFull")}</p>
        )}
      </div>
    </fieldset>
  );
}
