/** Categories that several lines work on together, which lines help, and in what share of the cases they were asked. */
export const jointCategories: Readonly<Record<string, { lines: string[]; share: number; task: string }>> = {
  F04: { lines: ['L10'], share: 0.88, task: '核对在途材料，联系供货方改走放行路线。' },
  B04: { lines: ['L11'], share: 0.88, task: '从邻近仓库先调两天的量，送到工地门口交接。' },
  E05: { lines: ['L11'], share: 0.85, task: '备好更换的部件和人手，随施工一起到场。' },
  F02: { lines: ['L09'], share: 0.85, task: '把车辆和驾驶员名单报齐，随证一起发。' },
};

/** What the handlers of the last days find asked of them, by the line that helps. */
export const liveTasks: Readonly<Record<string, string>> = {
  L10: '按清单把货备好，今天随车送到工地食堂，和主办当面点清。',
  L11: '安排人到场接货、分发，发完把数报给主办。',
  L15: '到现场看一遍消杀和通风，给主办一个可以执行的意见。',
};
