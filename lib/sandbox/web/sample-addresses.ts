/** What people keep in WeChat's own address book, under the names that WeChat's app gives it to a page. */
export type BridgeAddress = {
  userName: string;
  telNumber: string;
  addressPostalCode: string;
  proviceFirstStageName: string; // WeChat's own spelling.
  addressCitySecondStageName: string;
  addressCountiesThirdStageName: string;
  addressDetailInfo: string;
  nationalCode: string;
};

/** An ordinary one, a city without districts, one that lacks its district, and a phone number from abroad. */
export const sampleAddresses: BridgeAddress[] = [
  {
    userName: "林小燕",
    telNumber: "13800138000",
    addressPostalCode: "310013",
    proviceFirstStageName: "浙江省",
    addressCitySecondStageName: "杭州市",
    addressCountiesThirdStageName: "西湖区",
    addressDetailInfo: "龙井路 1 号 3 幢 502 室",
    nationalCode: "330106",
  },
  {
    userName: "周大为",
    telNumber: "13900139000",
    addressPostalCode: "523000",
    proviceFirstStageName: "广东省",
    addressCitySecondStageName: "东莞市",
    addressCountiesThirdStageName: "",
    addressDetailInfo: "南城街道鸿福路 200 号",
    nationalCode: "441900",
  },
  {
    userName: "陈静",
    telNumber: "13700137000",
    addressPostalCode: "610000",
    proviceFirstStageName: "四川省",
    addressCitySecondStageName: "成都市",
    addressCountiesThirdStageName: "",
    addressDetailInfo: "人民南路四段 9 号",
    nationalCode: "510100",
  },
  {
    userName: "Alex Meyer",
    telNumber: "+49 1512 3456789",
    addressPostalCode: "200031",
    proviceFirstStageName: "上海市",
    addressCitySecondStageName: "上海市",
    addressCountiesThirdStageName: "徐汇区",
    addressDetailInfo: "武康路 100 号",
    nationalCode: "310104",
  },
];
