import { describe, expect, it } from 'vitest';
import { revealing } from './revealing.ts';

const kinds = (summary: string, original: string | null = null, label: string | null = null) =>
  revealing(summary, original, label).map((each) => each.kind);

describe('a summary for handlers says what is to be done and not who asked', () => {
  it('warns of crews, beds, hours and numbers', () => {
    expect(kinds('钢筋二班夜里没有热水')).toEqual(['crew']);
    expect(kinds('3 号楼 206 室漏水')).toEqual(['bed']);
    expect(kinds('晚上 11 点半送到')).toEqual(['time']);
    expect(kinds('请回电 13800001234')).toEqual(['number']);
  });
  it('warns of the requester’s name and of copied words', () => {
    expect(kinds('周师傅要换药', null, '周师傅')).toEqual(['name']);
    expect(kinds('午饭放在大门口送到班上已经凉了', '午饭放在大门口送到班上已经凉了，能不能送到作业面')).toEqual([
      'copied',
    ]);
  });
  it('is quiet about a plain need', () => {
    expect(kinds('该工地热餐需送到作业面，约四十六份', '午饭11点就放在大门口，送到班组已经凉了')).toEqual([]);
  });
});
