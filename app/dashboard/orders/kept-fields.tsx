import { type ListAddress, listQuery } from "./list-address";

/** What a GET form does not ask for and must not lose. */
export function KeptFields({ address, but = [] }: { address: ListAddress; but?: readonly string[] }) {
  return Object.entries(listQuery(address))
    .filter(([name]) => !but.includes(name))
    .map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />);
}
