"use client";

import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useSentForm } from "../parts/action-panel";
import { tickOf } from "../parts/outcome";
import { leads } from "./deeds";
import { selectAllId } from "./select-all-id";

type Words = { picked: string; gone: string; all: string; none: string };

/** Shipping goes on inside the desk, by the action; the others are a page to print and files. */
const { ship: _, ...away } = leads;

type Shown = { ticked: string[]; gone: string[]; size: number };

/**
 * Counts what is ticked, ticks the page or, with Shift, a stretch of it. What is ticked stays so when the list is read
 * again: an order that slid off the page is sent along and told.
 */
export function Selection({ words }: { words: Words }) {
  const place = useRef<HTMLDivElement>(null);
  const { typed } = useSentForm();
  const sent = useRef(typed); // What was refused as a whole is still ticked.
  const held = useRef<Shown>({ ticked: [], gone: [], size: 0 });
  const [shown, setShown] = useState(held.current);
  const [head, setHead] = useState<HTMLElement | null>(null);

  const hold = useCallback((gone: string[]) => {
    const boxes = boxesOf(place.current);
    const next = { ticked: tickedOf(boxes), gone, size: boxes.length };
    if (JSON.stringify(next) === JSON.stringify(held.current)) return; // Nothing new: what is drawn is true.
    held.current = next;
    setShown(next);
  }, []);

  // After each reading of the list, before anybody sees it.
  useLayoutEffect(() => {
    sent.current = typed;
    const boxes = boxesOf(place.current);
    const here = new Set(boxes.map((box) => box.value));
    const { ticked, gone } = held.current;
    for (const box of boxes) if (gone.includes(box.value)) box.checked = true;
    hold([...gone, ...ticked].filter((value) => !here.has(value)));
    setHead(document.getElementById(selectAllId));
  });

  useEffect(() => {
    const form = place.current?.closest("form");
    if (!form) return;
    let last: HTMLInputElement | null = null;
    const onChange = () => hold(held.current.gone);
    const onClick = (event: MouseEvent) => {
      const { target } = event;
      if (target instanceof HTMLButtonElement) lead(event, target);
      if (!(target instanceof HTMLInputElement) || target.name !== "order") return;
      const boxes = boxesOf(place.current);
      const [from, to] = [last ? boxes.indexOf(last) : -1, boxes.indexOf(target)].sort((a, b) => a - b);
      if (event.shiftKey && from !== undefined && from >= 0)
        for (const box of boxes.slice(from, to)) box.checked = target.checked;
      last = target;
    };
    const onReset = () =>
      setTimeout(() => hold(held.current.gone.filter((value) => tickOf(value) in sent.current))); // The event comes before the boxes are empty.
    form.addEventListener("change", onChange);
    form.addEventListener("click", onClick);
    form.addEventListener("reset", onReset);
    return () => {
      form.removeEventListener("change", onChange);
      form.removeEventListener("click", onClick);
      form.removeEventListener("reset", onReset);
    };
  }, [hold]);

  const setAll = (checked: boolean, gone: string[]) => {
    for (const box of boxesOf(place.current)) box.checked = checked;
    hold(gone);
  };
  const { ticked, gone, size } = shown;
  const everything = size > 0 && ticked.length === size;
  return (
    <div ref={place} className="flex flex-wrap items-baseline gap-x-4">
      <p role="status">{words.picked.replace("{count}", String(ticked.length + gone.length))}</p>
      {gone.length > 0 && (
        <p className="text-s text-warn">
          {words.gone.replace("{count}", String(gone.length))}
          {gone.map((value) => (
            <input key={value} type="hidden" name="order" value={value} />
          ))}
        </p>
      )}
      <button
        type="button"
        className="min-h-6 cursor-pointer bg-transparent px-0 text-accent text-s underline underline-offset-2"
        onClick={() => setAll(false, [])}
      >
        {words.none}
      </button>
      {head &&
        createPortal(
          <label className="flex min-h-8 items-center gap-2 text-s">
            <input
              type="checkbox"
              className="size-6"
              checked={everything}
              ref={(box) => {
                if (box) box.indeterminate = ticked.length > 0 && !everything;
              }}
              onChange={(event) => setAll(event.currentTarget.checked, gone)}
            />
            {words.all}
          </label>,
          head,
        )}
    </div>
  );
}

function boxesOf(place: HTMLElement | null): HTMLInputElement[] {
  return [
    ...(place?.closest("form")?.querySelectorAll<HTMLInputElement>("input[type=checkbox][name=order]") ?? []),
  ];
}

function tickedOf(boxes: HTMLInputElement[]): string[] {
  return boxes.filter((box) => box.checked).map((box) => box.value);
}

/** Leads on to a page or a file with what is ticked; without a script the action does. */
function lead(event: MouseEvent, button: HTMLButtonElement): void {
  const href = Object.entries(away).find(([deed]) => deed === button.value)?.[1];
  if (!href || !button.form) return;
  event.preventDefault();
  const orderNos = new FormData(button.form).getAll("order");
  location.assign(href + new URLSearchParams(orderNos.map((orderNo) => ["order", String(orderNo)])));
}
