import { closeBrowser, screenshot } from './browser.ts';
import { hour, startWorld } from './world.ts';

const w = await startWorld();
try {
  await w.request({ until: 'handled', callback: '138 0000 1111' });
  await w.request({
    until: 'accepted',
    site: 'U04-05',
    category: 'A01',
    text: '午饭送到班组已经凉了，能不能送到作业面？',
  });
  await w.request({
    until: 'received',
    site: 'U04-07',
    by: 'worker02',
    category: 'E04',
    text: '宿舍窗户打不开，消毒水味道很重。',
  });
  await w.request({ confidentiality: 'confidential', text: '班长说了难听的话，不想让单位知道是我。', category: 'I02' });
  w.clock.forward(25 * hour);
  await w.timer('followups.list_silent');
  await w.timer('journal.seal');
  const shots: [string, string, string][] = JSON.parse(process.env.SHOTS ?? '[]');
  for (const [login, path, name] of shots) {
    const page = await w.page(login, { viewport: path.startsWith('/p/') ? 'phone' : 'desk', path });
    await page.waitForLoadState('networkidle').catch(() => {});
    await new Promise((r) => setTimeout(r, 700));
    for (const k of (process.env.KEYS ?? '').split(' ').filter(Boolean)) {
      await page.keyboard.press(k);
    }
    await new Promise((r) => setTimeout(r, 300));
    await screenshot(page, `/tmp/shots/${name}.png`);
    await page.context().close();
  }
} finally {
  await w.stop().catch((e) => console.log(e.message));
  await closeBrowser();
}
