import { expect, test } from "vitest";
import { maskName, maskOpenid, maskPhone, maskRecipient } from "@/lib/members/mask";

test("a masked recipient keeps where to send roughly and says nobody's name, number or door", () => {
  const recipient = {
    name: "韩梅梅",
    phone: "13812345678",
    province: "浙江省",
    city: "杭州市",
    district: "西湖区",
    address: "文三路 1 号 2 幢 301",
  };

  const masked = JSON.stringify(maskRecipient(recipient));

  expect(masked).toContain("西湖区");
  for (const secret of ["韩梅梅", "梅", "13812345678", "1234", "文三路", "301"])
    expect(masked).not.toContain(secret);
});

test("names, numbers and openids keep just enough to recognise", () => {
  expect(maskName("韩梅梅")).toBe("韩＊＊");
  expect(maskName("𠮷野家")).toBe("𠮷＊＊");
  expect(maskPhone("13812345678")).toBe("138＊＊＊＊5678");
  expect(maskPhone("12")).toBe("＊＊＊＊");
  expect(maskOpenid("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o")).toBe("oUpF＊＊＊＊eS6o");
  expect(maskOpenid("short")).toBe("＊＊＊＊");
});
