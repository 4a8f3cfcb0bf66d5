/**
 * Cities of mainland China that are not divided into districts: an address there goes from the city straight to the town
 * or the street. Four of prefecture rank, and those that their province administers itself.
 */
const cities = new Set([
  ...["东莞", "中山", "儋州", "嘉峪关"],
  ...["济源", "仙桃", "潜江", "天门", "神农架林区"],
  ...["五指山", "文昌", "琼海", "万宁", "东方", "定安县", "屯昌县", "澄迈县", "临高县"],
  ...["白沙黎族自治县", "昌江黎族自治县", "乐东黎族自治县", "陵水黎族自治县"],
  ...["保亭黎族苗族自治县", "琼中黎族苗族自治县"],
  ...["石河子", "阿拉尔", "图木舒克", "五家渠", "北屯", "铁门关"],
  ...["双河", "可克达拉", "昆玉", "胡杨河", "新星", "白杨"],
]);

/** With or without the 市 that people leave out. */
export function hasNoDistricts(city: string): boolean {
  const name = city.trim();
  return cities.has(name) || cities.has(name.replace(/市$/, ""));
}
