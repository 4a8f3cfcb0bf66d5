"use client";

import { useEffect, useState } from "react";

/** The browser's own dialog. Without JavaScript its menu does the same, and there is no button. */
export function PrintButton({ label }: { label: string }) {
  const [isAlive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  return (
    <button type="button" className="button primary" hidden={!isAlive} onClick={() => window.print()}>
      {label}
    </button>
  );
}
