import { hasNoDistricts } from "@/lib/orders/cities-without-districts";
import type { Recipient } from "@/lib/orders/recipient";

type Read = Partial<Recipient>;

const labels =
  /(收货人|收件人|联系人|姓名|手机号码?|联系电话|电话|收货地址|所在地区|所在区域|详细地址|地区|地址)\s*:\s*/g;
const phonePattern = /(?<!\d)(?:\+?86[ -]?)?(1[3-9]\d[ -]?\d{4}[ -]?\d{4})(?!\d)/;
const municipalities = "北京|天津|上海|重庆";
const provinces =
  "河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海";
const regions = "内蒙古|广西壮族|广西|西藏|宁夏回族|宁夏|新疆维吾尔|新疆";
const provincePattern = new RegExp(`(?:${municipalities})市?|(?:${provinces})省?|(?:${regions})(?:自治区)?`);

/**
 * A recipient out of one pasted text, such as "李雷 13800138000 浙江省杭州市西湖区文三路 1 号" or what other shops copy.
 * Only what is certain is answered: a field that is left out is the buyer's to fill.
 */
export function readPasted(pasted: string): Read {
  const text = pasted
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .replace(labels, "\n");
  const phone = phonePattern.exec(text)?.[1]?.replace(/\D/g, "");
  if (!phone && !provincePattern.test(text)) return {};
  const parts = text
    .replace(phonePattern, "\n")
    .split(/[\n\t,;、|]+/)
    .flatMap(splitName);
  const at = parts.findIndex((part) => provincePattern.exec(part)?.index === 0);
  const name =
    parts.find((part, n) => (at < 0 || n < at) && isName(part)) ?? parts.slice(at + 1).findLast(isName);
  const place =
    at < 0
      ? {}
      : readPlace(
          parts
            .slice(at)
            .filter((part) => part !== name)
            .join(" "),
        );
  return withoutEmpty({ name, phone, ...place });
}

/** "李雷 浙江省…" and "…文三路 1 号 李雷" are a name and an address; inside an address a space means nothing. */
function splitName(part: string): string[] {
  const words = part.trim().split(/\s+/);
  const start = words.findIndex((word) => provincePattern.exec(word)?.index === 0);
  const place = start < 0 ? words : words.slice(start);
  const last = place.at(-1) ?? "";
  const isNameLast = start >= 0 && place.length > 1 && isName(last) && /[\d号室楼]$/.test(place.at(-2) ?? "");
  return [
    ...(start > 0 ? [words.slice(0, start).join(" ")] : []),
    (isNameLast ? place.slice(0, -1) : place).join(" "),
    ...(isNameLast ? [last] : []),
  ].filter(Boolean);
}

function isName(part: string): boolean {
  return (
    /^(?:\p{Script=Han}[\p{Script=Han}·]{1,5}|[A-Za-z][A-Za-z .'-]{1,30})$/u.test(part) &&
    !/[省市区县镇路街村号]$/.test(part)
  );
}

function readPlace(text: string): Read {
  const province = provincePattern.exec(text)?.[0] ?? "";
  const rest = text.slice(province.length).trim();
  const isMunicipality = new RegExp(`^(?:${municipalities})`).test(province);
  const city = isMunicipality
    ? `${province.slice(0, 2)}市`
    : (/^\S{1,10}?(?:市|地区|自治州|盟)/.exec(rest)?.[0] ?? "");
  const repeated = isMunicipality ? (/^(?:北京|天津|上海|重庆)市?\s*/.exec(rest)?.[0] ?? "") : city;
  const below = rest
    .slice(repeated.length)
    .trim()
    .replace(/^(市辖区|县)\s*/, "");
  const district =
    city && !hasNoDistricts(city)
      ? (/^[^\s\d路街道镇乡村号]{1,14}?(?:区|县|市|旗)/.exec(below)?.[0] ?? "")
      : "";
  return { province, city, district, address: below.slice(district.length).trim() };
}

function withoutEmpty(read: Record<string, string | undefined>): Read {
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value));
}
