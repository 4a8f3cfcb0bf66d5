import { type CarrierCode, findCarrier } from "@/lib/deliveries/carriers";

/** How people and their programs write a carrier, most telling first: 中国邮政EMS is express mail, 邮政快递包裹 is not. */
const names: readonly (readonly [RegExp, CarrierCode])[] = [
  [/顺丰|^sf(express)?$|shunfeng/, "SF"],
  [/中通|^zto/, "ZTO"],
  [/圆通|^yto/, "YTO"],
  [/申通|^sto(express)?$/, "STO"],
  [/韵达|^yunda|^yd$/, "YD"],
  [/极兔|^j&?t|^jtsd$/, "JTSD"],
  [/京东|^jd(l|logistics|express)?$/, "JD"],
  [/德邦|^deppon|^dbl$/, "DBL"],
  [/百世|汇通|^best(express)?$|^htky$/, "HTKY"],
  [/ems/, "EMS"],
  [/邮政|邮局|包裹|^chinapost$|^yzpy$/, "YZPY"],
  [/^(其他|其它|other)$/, "OTHER"],
];

/** A carrier's code from what stands in a file, or null: a code, a name, or a name with something around it. */
export function readCarrier(text: string): CarrierCode | null {
  const plain = text.normalize("NFKC").replace(/[\s._-]/g, "");
  const known = findCarrier(plain.toUpperCase());
  return known ?? names.find(([name]) => name.test(plain.toLowerCase()))?.[1] ?? null;
}
