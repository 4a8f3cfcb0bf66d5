import { expect, test } from "vitest";
import { faultKinds, NewFault } from "@/lib/sandbox/faults/fault";

test("every call can have its faults and no other call's", () => {
  const every = new Set(Object.values(faultKinds).flat());
  for (const [call, kinds] of Object.entries(faultKinds)) {
    const own: readonly string[] = kinds;
    for (const kind of every) {
      expect({ call, kind, ok: NewFault.safeParse({ call, kind }).success }).toEqual({
        call,
        kind,
        ok: own.includes(kind),
      });
    }
  }
});
