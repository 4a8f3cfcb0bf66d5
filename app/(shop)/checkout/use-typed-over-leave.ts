import { type RefObject, useEffect, useRef } from "react";
import { recipientFields } from "../addresses/recipient-state";
import { typedFields } from "./checkout-state";

const key = "zhanggui:checkout";
const keptFields = [...typedFields, "addressId", "keep", "sku"]; // Not the form's key: it opens a guest's session.

/**
 * Whoever leaves the checkout, however they do, comes back to what they typed and chose. It waits in this tab, and is gone
 * with the tab or once it is ordered: that is for the caller to say, by what is answered here.
 */
export function useTypedOverLeave(form: RefObject<HTMLFormElement | null>): () => void {
  const isOrdered = useRef(false);

  useEffect(() => {
    const on = form.current;
    if (!on) return;
    const { search } = window.location;
    putBack(on, recall(), search);
    const remember = () => {
      if (!isOrdered.current) keep(on, search);
    };
    window.addEventListener("pagehide", remember);
    document.addEventListener("visibilitychange", remember); // A phone may end a page that is not in front.
    return () => {
      remember(); // The frame's links leave without a new page.
      window.removeEventListener("pagehide", remember);
      document.removeEventListener("visibilitychange", remember);
    };
  }, [form]);

  return () => {
    isOrdered.current = true;
    forget();
  };
}

/** What already stands in the form is newer: its language was switched, or the browser has put it back itself. */
function putBack(form: HTMLFormElement, kept: URLSearchParams, search: string): void {
  const now = new FormData(form);
  const isEmpty = (name: string) => (now.get(name) ?? "") === "";
  const isOfSameGoods = now.getAll("sku").some((sku) => kept.getAll("sku").includes(String(sku)));
  const isTyped = recipientFields.some((name) => kept.get(name));

  if (isTyped && recipientFields.every(isEmpty)) {
    for (const name of recipientFields) write(form, name, kept.get(name));
    const tick = form.querySelector<HTMLInputElement>('[name="keep"]');
    if (tick) tick.checked = kept.has("keep");
  }
  if (!isOfSameGoods) return; // The note is about those, and these may be for somebody else.
  if (isEmpty("note")) write(form, "note", kept.get("note"));
  const isChosenByAddress = new URLSearchParams(search).has("address") && kept.get("search") !== search;
  if (!isChosenByAddress && (isTyped || kept.get("addressId") !== "new")) choose(form, kept.get("addressId"));
}

function write(form: HTMLFormElement, name: string, value: string | null): void {
  const field = form.querySelector<HTMLInputElement | HTMLTextAreaElement>(`[name="${name}"]`);
  if (field && value) field.value = value;
}

/** Unless another one was chosen already, before this script had come. */
function choose(form: HTMLFormElement, addressId: string | null): void {
  const radios = [...form.querySelectorAll<HTMLInputElement>('[type="radio"][name="addressId"]')];
  if (radios.some((radio) => radio.checked !== radio.defaultChecked)) return;
  for (const radio of radios)
    if (radio.value === addressId) {
      radio.checked = true;
      radio.closest("details")?.setAttribute("open", "");
    }
}

function keep(form: HTMLFormElement, search: string): void {
  const values = new FormData(form);
  const kept = keptFields.flatMap((name) => values.getAll(name).map((value) => [name, String(value)]));
  try {
    sessionStorage.setItem(key, new URLSearchParams([...kept, ["search", search]]).toString());
  } catch {
    // Storage may be switched off or full: then it is typed again.
  }
}

function recall(): URLSearchParams {
  try {
    return new URLSearchParams(sessionStorage.getItem(key) ?? "");
  } catch {
    return new URLSearchParams();
  }
}

function forget(): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}
