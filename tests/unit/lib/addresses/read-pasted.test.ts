import { expect, test } from "vitest";
import { readPasted } from "@/lib/addresses/read-pasted";

const whole = {
  name: "王小明",
  phone: "13800138000",
  province: "浙江省",
  city: "杭州市",
  district: "西湖区",
  address: "龙井路 1 号",
};

test.each([
  "王小明 13800138000 浙江省杭州市西湖区龙井路 1 号",
  "王小明，138 0013 8000，浙江省 杭州市 西湖区 龙井路 1 号",
  "浙江省杭州市西湖区龙井路 1 号 王小明 +86 138-0013-8000",
  "浙江省杭州市西湖区龙井路 1 号\n王小明\n13800138000",
  "收货人：王小明\n手机号码：13800138000\n所在地区：浙江省杭州市西湖区\n详细地址：龙井路 1 号",
  "收件人: 王小明 联系电话: 86-13800138000 收货地址: 浙江省杭州市西湖区龙井路 1 号",
  "王小明　１３８００１３８０００　浙江省杭州市西湖区龙井路 1 号",
])("%s", (pasted) => {
  expect(readPasted(pasted)).toEqual(whole);
});

test.each([
  [
    "北京市朝阳区建国路 88 号",
    { province: "北京市", city: "北京市", district: "朝阳区", address: "建国路 88 号" },
  ],
  [
    "上海市 上海市 浦东新区 世纪大道 1 号",
    { province: "上海市", city: "上海市", district: "浦东新区", address: "世纪大道 1 号" },
  ],
  [
    "重庆市市辖区渝中区解放碑 2 号",
    { province: "重庆市", city: "重庆市", district: "渝中区", address: "解放碑 2 号" },
  ],
  ["广东省东莞市长安镇振安路 3 号", { province: "广东省", city: "东莞市", address: "长安镇振安路 3 号" }],
  [
    "山东省青岛市市南区香港中路 10 号",
    { province: "山东省", city: "青岛市", district: "市南区", address: "香港中路 10 号" },
  ],
  [
    "浙江省金华市义乌市稠州北路 699 号",
    { province: "浙江省", city: "金华市", district: "义乌市", address: "稠州北路 699 号" },
  ],
  [
    "云南省大理白族自治州大理市古城路 5 号",
    { province: "云南省", city: "大理白族自治州", district: "大理市", address: "古城路 5 号" },
  ],
  [
    "内蒙古自治区锡林郭勒盟苏尼特右旗朱日和镇",
    { province: "内蒙古自治区", city: "锡林郭勒盟", district: "苏尼特右旗", address: "朱日和镇" },
  ],
  [
    "新疆维吾尔自治区石河子市北三路 21 小区",
    { province: "新疆维吾尔自治区", city: "石河子市", address: "北三路 21 小区" },
  ],
  ["浙江省杭州市文三路 1 号小区", { province: "浙江省", city: "杭州市", address: "文三路 1 号小区" }],
])("the place of %s", (pasted, place) => {
  expect(readPasted(pasted)).toEqual(place);
});

test("what is no address is not taken for one", () => {
  expect(readPasted("你好，在吗？")).toEqual({});
  expect(readPasted("")).toEqual({});
  expect(readPasted("订单 26112705000012345678")).toEqual({});
  expect(readPasted("1".repeat(10_000))).toEqual({});
});
