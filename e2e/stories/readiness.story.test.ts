import { expect, test } from 'vitest';
import { api, becomes, inWorld, see } from '../story.ts';

const world = inWorld();
const phone = { width: 390, height: 844 };
const said = (zh: string) => ({ zh, en: '' });

async function account(label: RegExp): Promise<string> {
  const { people } = await (await world().as('liai04')).do(api.drills.people, {});
  return people.find((one) => label.test(one.label))!.id;
}

test('a drill: planned at the desk, run at 390 px against the stopwatch, assessed from outside, red until then', async () => {
  const liaison = await world().as('liai04');
  const { id: riskId } = await liaison.do(api.drills.openRisk, {
    nodeId: world().site('U04'),
    zh: '工地出现发热人员',
    en: 'Fever at a site',
    severity: 'red',
    ownerId: await account(/公路公司联络员$/),
    nextDrillOn: null,
  });
  const desk = await world().page('liai04', { path: '/desk/readiness/risks?view=uncovered' });
  await see(desk.getByText('缺批准的预案'));
  const draft = await liaison.do(api.drills.writeContingency, {
    id: riskId,
    saves: null,
    plan: {
      trigger: said('体温 37.3 ℃ 以上'),
      steps: [
        { within: 5, what: said('戴口罩，单独安置'), who: said('班组长'), with: said('隔离房钥匙') },
        { within: 15, what: said('报告防疫条线'), who: said('工地保障员'), with: said('') },
      ],
      ring: said('8150'),
      resources: said('隔离房 2 间'),
      standDown: said('疾控排除后'),
    },
  });
  await desk.getByRole('link', { name: /工地出现发热人员/ }).click();
  await desk.getByRole('button', { name: '送批' }).click();
  await see(desk.getByText(/待批/));

  const leader = await world().page('lead04', { path: `/desk/readiness/risks/${riskId}` });
  await leader.getByRole('button', { name: '批准' }).click();
  await see(leader.getByText(/已批准/));
  expect(draft.no).toBe(1);

  const { id: drillId } = await liaison.do(api.drills.planDrill, {
    riskId,
    unitId: world().site('U04'),
    siteId: world().site('U04-01'),
    plannedFor: new Date(world().clock.now().getTime() + 3_600_000).toISOString(),
    announced: false,
    leaderId: await account(/工地保障员01$/),
    observerIds: [await account(/环境公司联络员$/)],
  });
  const officer = await world().page('site01', { path: `/desk/readiness/drills/${drillId}` });
  await officer.setViewportSize(phone);
  await officer.getByRole('button', { name: '开始计时' }).click();
  await see(officer.getByText('计时中'));
  await officer.getByRole('button', { name: '做到了' }).first().click();
  await becomes(() => officer.getByRole('button', { name: '做到了' }).count(), 1);
  await officer.getByRole('button', { name: '结束演练' }).click();
  await officer.getByRole('spinbutton', { name: '参加人数' }).fill('21');
  await officer.getByRole('dialog').getByRole('button', { name: '结束演练' }).click();
  await see(officer.getByText('待评估'));
  expect(await officer.getByRole('button', { name: '交评估' }).count(), 'who ran it assesses nothing').toBe(0);

  const observer = await world().page('liai07', { path: `/desk/readiness/drills/${drillId}` });
  const form = observer.getByRole('form', { name: '评估' });
  await form.getByRole('button', { name: '交评估' }).click();
  await see(form.getByText('请写上'));
  const second = form.getByRole('group', { name: '第 2 步' });
  expect(await second.getByRole('radio', { name: '按时' }).count(), 'a step nobody marked is not in time').toBe(0);
  await second.getByRole('textbox', { name: '看到了什么' }).fill('没有人打电话');
  await form.getByRole('textbox', { name: '总的评价' }).fill('第一步熟练，第二步没人牵头。');
  await form.getByRole('button', { name: '加一个问题' }).click();
  await form.getByRole('textbox', { name: '问题' }).fill('电话没有上墙');
  await form.getByRole('textbox', { name: '怎样算改好' }).fill('四个点位都贴上，附照片');
  await form.getByRole('button', { name: '交评估' }).click();
  await see(observer.getByText(/评估于/));
  await see(observer.getByText(/督办〔/));

  await desk.goto('/desk/readiness');
  await desk.getByRole('button', { name: /每季度开展一次应急演练\s*已做/ }).click();
  await see(desk.getByRole('dialog').getByText(/演练〔/));
});

test('a near-miss is told in four answers and kept over a reload; whoever told it does not decide', async () => {
  const officer = await world().page('site01', { path: '/desk/readiness/near-misses' });
  await officer.setViewportSize(phone);
  await officer.getByRole('button', { name: '报一次未遂' }).click();
  const form = officer.getByRole('dialog');
  await form.getByRole('textbox', { name: '差点发生什么' }).fill('测温枪没电，二十人没测就进了场。');
  await form.getByRole('button', { name: '报上去' }).click();
  await see(form.getByText('请写上'));
  await officer.reload();
  await officer.getByRole('button', { name: '报一次未遂' }).click();
  expect(await form.getByRole('textbox', { name: '差点发生什么' }).inputValue()).toContain('测温枪');
  await form.getByRole('textbox', { name: '是什么拦住了' }).fill('保障员追到班前会补测');
  await form.getByRole('button', { name: '报上去' }).click();
  await see(officer.getByText(/已收到：未遂〔/));
  await see(officer.getByText('测温枪没电，二十人没测就进了场。'));
  expect(await officer.getByRole('button', { name: '研判', exact: true }).count()).toBe(0);

  const liaison = await world().page('liai04', { path: '/desk/readiness/near-misses?view=waiting' });
  await see(liaison.getByText(/报的人：/));
  await liaison.getByRole('button', { name: '研判', exact: true }).click();
  await liaison.getByText('不用再做').click();
  await liaison.getByRole('textbox', { name: '说明' }).fill('已配备用电池，入口两把');
  await liaison.getByRole('dialog').getByRole('button', { name: '研判' }).click();
  await see(liaison.getByText('还没有人报过'));
});

test('a near-miss is told from the phone without signal, kept, and received once with its number', async () => {
  const waiting = async () =>
    (await (await world().as('liai04')).do(api.drills.nearMisses, { view: 'waiting' })).nearMisses.filter(
      (one) => one.what === '吊索断了一股还在用',
    );
  const desk = await world().page('liai04', { path: '/desk/readiness/near-misses?view=waiting' });
  await see(desk.getByText('还没有人报过'));
  const phonePage = await world().page('site01', { viewport: 'phone', path: '/p/' });
  await phonePage.setViewportSize({ width: 360, height: 780 });
  await phonePage.getByRole('link', { name: '报一次未遂' }).click();
  await see(phonePage.getByRole('heading', { level: 1, name: '报一次未遂' }));
  await phonePage.context().setOffline(true);
  await phonePage.getByRole('button', { name: '报上去' }).click();
  await see(phonePage.getByRole('alert').getByText('还差：差点发生什么'));
  await phonePage.getByRole('textbox', { name: '差点发生什么' }).fill('吊索断了一股还在用');
  await phonePage.getByRole('textbox', { name: '是什么拦住了' }).fill('司索工起吊前看了一眼');
  await phonePage
    .getByRole('button', { name: '报上去' })
    .dblclick()
    .catch(() => {});
  await see(phonePage.getByText('存在手机里，有网自动发'));
  await becomes(() => phonePage.getByRole('textbox', { name: '差点发生什么' }).inputValue(), '');
  expect(await waiting()).toEqual([]);
  expect(await phonePage.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await phonePage.context().setOffline(false);
  await phonePage.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await see(phonePage.getByText(/已收到：未遂〔/));
  expect(await waiting()).toHaveLength(1);
  // The liaison's page, left open, is told.
  await see(desk.getByText('吊索断了一股还在用'));
});
