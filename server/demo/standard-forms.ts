import type { ReportItem } from '../../contract/report-checks.ts';
import { reportItem } from '../../contract/reports.ts';
import { insertConcepts, insertForm, insertFormVersion, takeConcept } from '../modules/reports/index.ts';
import type { Tx } from '../platform/transaction.ts';

type Wanted = Partial<ReportItem> & Pick<ReportItem, 'key' | 'kind' | 'zh' | 'en'>;

const everyDay = { S0: '17:00', S1: '17:00', S2: '17:00', S3: '17:00', S4: '17:00' };
/** From closed-loop on more is asked: tests, zones, who is moved. */
const closed = ['S2', 'S3'];

const heads = { groupZh: '在场人数', groupEn: 'People on site', unitZh: '人' };
const byHand = { groupZh: '每天必须亲手报', groupEn: 'Said anew every day', unitZh: '人', carried: false };
const stock = { groupZh: '手上物资', groupEn: 'Stock on hand', carried: true };
const site = { groupZh: '生产和其他', groupEn: 'Output and the rest' };

/** The ten things a site must not run out of, as they are counted on site. */
const tenThings = [
  ['n95', '医用防护口罩 N95', 'N95 respirators', '只', 'pcs'],
  ['mask', '医用外科口罩', 'Surgical masks', '只', 'pcs'],
  ['suit', '医用防护服', 'Protective suits', '件', 'pcs'],
  ['antigen', '抗原检测试剂', 'Antigen tests', '人份', 'tests'],
  ['sanitizer', '免洗手消毒液', 'Hand sanitizer', '升', 'l'],
  ['bleach', '84 消毒液', 'Bleach', '升', 'l'],
  ['bags', '医疗废物袋', 'Medical waste bags', '只', 'pcs'],
  ['water', '包装饮用水', 'Bottled water', '升', 'l'],
  ['rations', '应急口粮', 'Emergency rations', '份', 'portions'],
  ['fever_drug', '解热镇痛药', 'Fever relief', '盒', 'boxes'],
] as const;

const daily: Wanted[] = [
  {
    key: 'came_in',
    kind: 'whole',
    zh: '今天进场',
    en: 'Came in today',
    heads: 'in',
    ...heads,
    helpZh: '按门岗登记',
    helpEn: 'by the gate register',
  },
  {
    key: 'went_out',
    kind: 'whole',
    zh: '今天离场',
    en: 'Left today',
    heads: 'out',
    ...heads,
    helpZh: '按门岗登记',
    helpEn: 'by the gate register',
  },
  { key: 'here', kind: 'crews', zh: '各班组在场', en: 'There, by crew', heads: 'here', carried: true, ...heads },
  { key: 'isolated', kind: 'whole', zh: '隔离人数', en: 'Isolated', ...byHand },
  {
    key: 'stay',
    kind: 'whole',
    zh: '新进场静止期',
    en: 'New arrivals in separate stay',
    ...byHand,
    helpZh: '进场两天内单独住的',
    helpEn: 'within two days of arrival',
  },
  {
    key: 'fever',
    kind: 'whole',
    zh: '体温异常',
    en: 'High temperature',
    ...byHand,
    helpZh: '37.3℃ 及以上',
    helpEn: '37.3 °C and above',
  },
  { key: 'tested', kind: 'whole', zh: '今天检测', en: 'Tested today', ...byHand, stages: closed },
  { key: 'positive', kind: 'whole', zh: '检测阳性', en: 'Tested positive', ...byHand, stages: closed },
  { key: 'moved', kind: 'whole', zh: '转运人数', en: 'Moved away', ...byHand, stages: closed },
  { key: 'accident', kind: 'whole', zh: '安全事故', en: 'Accidents', ...byHand, unitZh: '起' },
  {
    key: 'stock',
    kind: 'parts',
    zh: '十样物资',
    en: 'Ten things',
    ...stock,
    options: tenThings.map(([key, zh, en, unitZh, unitEn]) => ({ key, zh, en, unitZh, unitEn })),
  },
  {
    key: 'zone',
    kind: 'choice',
    zh: '生活区分区',
    en: 'Zone of the living area',
    ...site,
    carried: true,
    stages: closed,
    options: [
      ['green', '绿区', 'Green'],
      ['blue', '蓝区', 'Blue'],
      ['yellow', '黄区', 'Yellow'],
      ['red', '红区', 'Red'],
    ].map(([key, zh, en]) => ({ key: key!, zh: zh!, en: en!, unitZh: '', unitEn: '' })),
  },
  {
    key: 'outside',
    kind: 'whole',
    zh: '出闭环办事',
    en: 'Left the closed loop on errands',
    ...site,
    unitZh: '人次',
    stages: closed,
  },
  {
    key: 'output',
    kind: 'money',
    zh: '今天产值',
    en: 'Output today',
    ...site,
    unitZh: '万元',
    unitEn: '10k yuan',
    carried: true,
  },
  { key: 'disinfected', kind: 'whole', zh: '消杀', en: 'Rounds of disinfection', ...site, unitZh: '遍', carried: true },
  { key: 'meals', kind: 'whole', zh: '供餐', en: 'Meals served', ...site, unitZh: '份', carried: true },
  {
    key: 'visitors',
    kind: 'whole',
    zh: '外来送货和访客',
    en: 'Deliveries and visitors',
    ...site,
    unitZh: '人次',
    carried: false,
  },
  { key: 'work', kind: 'text', zh: '今天主要作业', en: 'Main work today', ...site, carried: true, required: false },
  {
    key: 'incident',
    kind: 'text',
    zh: '别的事',
    en: 'Anything else',
    ...site,
    required: false,
    helpZh: '不写人名、病情和举报',
    helpEn: 'no names, illnesses or accusations',
  },
];

const living: Wanted[] = [
  {
    key: 'beds',
    kind: 'whole',
    zh: '空床位',
    en: 'Free beds',
    groupZh: '生活区',
    groupEn: 'Living area',
    unitZh: '张',
    carried: true,
  },
  {
    key: 'crowded',
    kind: 'whole',
    zh: '超过六人的房间',
    en: 'Rooms of more than six',
    groupZh: '生活区',
    groupEn: 'Living area',
    unitZh: '间',
  },
  {
    key: 'aired',
    kind: 'yes_no',
    zh: '宿舍每天开窗通风',
    en: 'Dormitories aired daily',
    groupZh: '生活区',
    groupEn: 'Living area',
  },
  {
    key: 'samples',
    kind: 'yes_no',
    zh: '食堂每餐留样',
    en: 'Canteen keeps samples',
    groupZh: '食堂',
    groupEn: 'Canteen',
  },
  {
    key: 'drill',
    kind: 'choice',
    zh: '疏散演练',
    en: 'Evacuation drill',
    groupZh: '安全',
    groupEn: 'Safety',
    options: [
      ['done', '做了', 'Held'],
      ['planned', '排在下周', 'Planned for next week'],
      ['none', '没做', 'Not held'],
    ].map(([key, zh, en]) => ({ key: key!, zh: zh!, en: en!, unitZh: '', unitEn: '' })),
  },
  {
    key: 'mood',
    kind: 'text',
    zh: '大家在议论什么',
    en: 'What people talk about',
    groupZh: '生活区',
    groupEn: 'Living area',
    required: false,
    helpZh: '只写事，不写人',
    helpEn: 'matters, never people',
  },
];

/** What the system knows by itself, so that no form asks it. */
const known: [key: string, zh: string, en: string, from: string, aliases: string[]][] = [
  [
    'organization.heads',
    '登记在册人数',
    'People on the register',
    'organization.heads',
    ['花名册人数', '在册人数', '编制人数', 'registered staff', 'headcount on the register'],
  ],
  [
    'organization.site',
    '工地名称',
    'Name of the site',
    'organization.site',
    ['所在工地', '工地编号', '单位名称', 'site name', 'unit name'],
  ],
  [
    'requests.open',
    '在办诉求',
    'Open requests',
    'requests.open',
    ['未解决诉求', '未办结工单', '职工诉求件数', 'unsolved requests', 'open needs'],
  ],
  [
    'requests.asked',
    '提出的诉求',
    'Requests asked',
    'requests.asked',
    ['新增诉求', '职工来电', '需求件数', 'new requests'],
  ],
  ['stages.now', '当前阶段', 'Stage in force', 'stages.now', ['防控阶段', '防控等级', 'response level']],
  ['tasks.open', '未完成督办', 'Open supervised tasks', 'tasks.open', ['督办事项', '未销号督办', 'supervised tasks']],
  [
    'measures.lapsed',
    '未落实措施',
    'Lapsed measures',
    'measures.lapsed',
    ['措施落实情况', '没做的措施', 'measures not done'],
  ],
  ['outreach.touches', '走访次数', 'Rounds made', 'outreach.touches', ['慰问走访', '入户走访', 'visits made']],
  ['requests.satisfaction', '满意率', 'Satisfaction', 'followups', ['职工满意度', '满意度', 'satisfaction rate']],
];

const concepts: Record<string, { key: string; aliases: string[] }> = {
  here: {
    key: 'heads.here',
    aliases: ['在场人数', '实到人数', '出勤人数', '在岗人数', 'people on site', 'attendance'],
  },
  came_in: { key: 'heads.in', aliases: ['进场人数', '新进人员', 'arrivals'] },
  went_out: { key: 'heads.out', aliases: ['离场人数', '退场人数', 'departures'] },
  isolated: { key: 'health.isolated', aliases: ['隔离', '单独隔离人员', 'people in isolation'] },
  stay: { key: 'health.stay', aliases: ['静止期人数', '单独居住人数', 'separate stay'] },
  fever: { key: 'health.fever', aliases: ['发热人数', '体温异常人数', '发烧人员', 'fever cases'] },
  tested: { key: 'health.tested', aliases: ['检测人数', '核酸检测人数', '抗原检测人数', 'people tested'] },
  positive: { key: 'health.positive', aliases: ['阳性人数', '确诊人数', 'positive cases'] },
  moved: { key: 'health.moved', aliases: ['转运', '转运人员'] },
  accident: { key: 'safety.accidents', aliases: ['事故起数', '安全事故起数', '工伤事故', 'safety accidents'] },
  stock: {
    key: 'stock.on_hand',
    aliases: ['防疫物资库存', '口罩库存', '物资存量', '消毒液库存', 'masks in stock', 'stock'],
  },
  zone: { key: 'zones.living', aliases: ['风险分区', '四色分区'] },
  outside: { key: 'loop.errands', aliases: ['出闭环', '外出人次'] },
  output: { key: 'output.value', aliases: ['产值', '完成产值', '施工产值', 'output value'] },
  disinfected: { key: 'hygiene.disinfected', aliases: ['消毒次数', '消杀次数'] },
  meals: { key: 'meals.served', aliases: ['供餐份数', '就餐人数', '用餐人数', 'meals'] },
  visitors: { key: 'gate.visitors', aliases: ['访客人数', '外来人员', '外来车辆', 'visitors'] },
  work: { key: 'output.work', aliases: ['施工内容', '作业内容'] },
  incident: { key: 'incident.other', aliases: ['异常情况', '突发情况', '需要说明的事'] },
};

/** Forms a group begins with: the daily report of every site and a weekly one of its living area. @param at in use since */
export async function insertStandardForms(tx: Tx, at: Date): Promise<void> {
  await insertConcepts(
    tx,
    known.map(([key, zh, en, known_from, aliases]) => ({
      key,
      zh,
      en,
      aliases,
      known_from,
      form_code: null,
      item_key: null,
    })),
  );
  const forms = [
    { code: 'site_daily', zh: '工地日报', en: 'Site daily report', rhythm: 'daily', weekday: null, items: daily },
    {
      code: 'living_weekly',
      zh: '生活区周报',
      en: 'Weekly report of the living area',
      rhythm: 'weekly',
      weekday: 5,
      items: living,
    },
  ] as const;
  for (const [order, form] of forms.entries()) {
    await insertForm(tx, {
      code: form.code,
      filed_for: 'site',
      rhythm: form.rhythm,
      state: 'in_use',
      created_at: new Date(at.getTime() + order),
    });
    const items = form.items.map((item) => ({
      ...reportItem.parse({ ...item, concept: concepts[item.key]?.key ?? `${form.code}.${item.key.toLowerCase()}` }),
    }));
    await insertFormVersion(tx, {
      form_code: form.code,
      no: 1,
      state: 'in_use',
      zh: form.zh,
      en: form.en,
      due: JSON.stringify({ weekday: form.weekday, monthDay: null, date: null, times: everyDay }),
      content: JSON.stringify({ items }),
      designed_by: null,
      designed_label: null,
      designed_at: at,
      started_by: null,
      started_label: null,
      started_at: at,
    });
    await insertConcepts(
      tx,
      items.map((item) => ({
        key: item.concept,
        zh: item.zh,
        en: item.en,
        aliases: concepts[item.key]?.aliases ?? [],
        known_from: null,
        form_code: null,
        item_key: null,
      })),
    );
    for (const item of items) await takeConcept(tx, item.concept, form.code, item.key);
  }
}
