/** What the units of the demo world have learnt: words only. */
export interface DemoLesson {
  kind: 'good' | 'bad';
  zh: string;
  en: string;
  observed: string;
  cause: string;
  proposal: string;
  /** Code of the line it concerns. */
  line: string;
  /** Where it is worked by since: a code of an article, or `fever`, `waste`, `meals`: a contingency. */
  adoptedIn?: string;
  effect?: { measure: string; before: number; after: number };
}

export const demoLessons: DemoLesson[] = [
  { kind: 'bad', zh: '应急出口夜里没人查', en: 'Nobody looks at the emergency exit at night', observed: '三个晚上出口被物资挡住，巡夜才发现。', cause: '夜班交接单没有这一项。', proposal: '夜班交接加“出口畅通”，拍照留存。', line: 'L07', adoptedIn: 'K02', effect: { measure: '出口被挡次数（次/月）', before: 3, after: 0 } },
  { kind: 'bad', zh: '对讲机没电耽误报告', en: 'A flat radio delayed a report', observed: '异常报告走了二十分钟才到保障员。', cause: '充电不归任何人管。', proposal: '充电纳入交接，备用一台放门卫。', line: 'L09', adoptedIn: 'fever', effect: { measure: '异常报告用时（分钟）', before: 21, after: 6 } },
  { kind: 'bad', zh: '登记表写着病情放在门口', en: 'A register with symptoms lay at the gate', observed: '谁都能翻到同事的症状。', cause: '表样里有“病情”一栏。', proposal: '表样只写编号，病情由防疫条线另存。', line: 'L15', adoptedIn: 'K01' },
  { kind: 'good', zh: '餐车到点先发群消息', en: 'The meal van is announced when it arrives', observed: '到点一条消息，排队从二十分钟减到五分钟。', cause: '大家知道何时去，不用早到等。', proposal: '各工地餐车到点统一发消息。', line: 'L11', adoptedIn: 'meals', effect: { measure: '平均排队（分钟）', before: 20, after: 5 } },
  { kind: 'bad', zh: '备餐只够一半人', en: 'Reserve meals for half the people only', observed: '餐车晚到时先到的有、后到的没有。', cause: '备餐按上月人数，新进场没算。', proposal: '备餐按当日日报人数，每人三餐。', line: 'L11', adoptedIn: 'meals' },
  { kind: 'good', zh: '隔离房门口放代收架', en: 'A shelf outside the isolation room', observed: '送餐送药不进门，当天就能用。', cause: '把接触点挪到门外。', proposal: '每间隔离房配一个代收架。', line: 'L15', adoptedIn: 'fever', effect: { measure: '隔离区进出人次（次/日）', before: 14, after: 4 } },
  { kind: 'bad', zh: '消毒剂和洁厕剂同柜', en: 'Disinfectant and acid cleaner in one cupboard', observed: '两次差点混用。', cause: '库位按品名排，没有禁忌分区。', proposal: '分柜上锁，柜门贴禁忌标识。', line: 'L15', adoptedIn: 'K08', effect: { measure: '同柜处数', before: 12, after: 0 } },
  { kind: 'bad', zh: '慢病药到只剩两天才报', en: 'Chronic medicine reported with two days left', observed: '三位同事差点断药。', cause: '登记是自愿的，没人提醒。', proposal: '余量少于七天由系统提醒本人和保障员。', line: 'L15', adoptedIn: 'K06' },
  { kind: 'good', zh: '班组长先报、保障员复核', en: 'Crew leaders report, the officer checks', observed: '日报人数当天就对上。', cause: '数从最近的人那里来。', proposal: '日报由班组长先报，保障员复核后提交。', line: 'L05' },
  { kind: 'bad', zh: '新进场与老班组混住一夜', en: 'New arrivals shared a room for a night', observed: '十二人到场时没有空房。', cause: '进场计划没有告诉后勤。', proposal: '进场前一天向后勤报人数，没房不进场。', line: 'L11', adoptedIn: 'K02', effect: { measure: '静止期混住（人次）', before: 12, after: 0 } },
  { kind: 'good', zh: '夜班送餐直接到作业面', en: 'Night meals go to the work face', observed: '夜班不再空着肚子走二十分钟。', cause: '送餐路线按人走，不按食堂走。', proposal: '夜班 20 人以上的作业面直送。', line: 'L11' },
  { kind: 'bad', zh: '口罩过期和新到混放', en: 'Old and new masks on one shelf', observed: '领用人自己看了日期才发现。', cause: '上架不看效期。', proposal: '按近效期先出重排，货架标红线。', line: 'L10', adoptedIn: 'K07', effect: { measure: '在架过期（箱）', before: 4, after: 0 } },
  { kind: 'good', zh: '保密反映的人改由中继联系', en: 'Those who ask in confidence are reached by relay', observed: '没有人再问“是谁说的”。', cause: '承办看不到号码，只能回话。', proposal: '保密件一律走中继，写进话本。', line: 'L05', adoptedIn: 'K05' },
  { kind: 'bad', zh: '塔吊没有复检就上人', en: 'A crane was manned before its recheck', observed: '复工第一天被安全员叫停。', cause: '闸口清单和排班分在两处。', proposal: '排班以闸口放行为前提。', line: 'L07', adoptedIn: 'K09' },
  { kind: 'bad', zh: '交接时两班人同处一室', en: 'Two shifts met in one room', observed: '值班长和接班长在中控室四十分钟。', cause: '交接要当面看屏。', proposal: '交接改门外，屏幕截图随单。', line: 'L15', adoptedIn: 'fever' },
  { kind: 'good', zh: '每周固定时间答疑', en: 'Questions answered at a fixed hour', observed: '重复的诉求少了一半。', cause: '问得到人，就不用再报。', proposal: '各单位每周三晚八点答疑一小时。', line: 'L02', effect: { measure: '重提占比（%）', before: 18, after: 9 }, adoptedIn: 'K04' },
  { kind: 'bad', zh: '捐赠物资没有单独建账', en: 'Donations were not on a ledger of their own', observed: '盘点多出四箱说不清来源。', cause: '到货高峰先上架后登记。', proposal: '未登记不上架，暂存区挂牌。', line: 'L10', adoptedIn: 'K10' },
  { kind: 'good', zh: '返岗同事由班组长接', en: 'Crew leaders welcome those who return', observed: '没有再出现单独吃饭的情况。', cause: '班组先知道规定，也先表态。', proposal: '返岗当天班组长接，讲一遍 K11。', line: 'L12', adoptedIn: 'K11' },
];

/** Of a unit that had nothing to add, signed by its leader. */
export const noneWords = '本阶段十四天，按预置方案执行，没有新做法，也没有发生未遂。';
