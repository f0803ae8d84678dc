// Signs in by role and photographs one page of each.
const [address, home] = process.argv.slice(2);
const { chromium } = (await import(`${home}/artifacts/bin/Legwork.Shell.Tests/release/.playwright/package/index.js`)).default;

const pictures = [
  { name: 'board', user: 'officer', path: '/board', width: 1280, height: 960, lang: 'zh-CN' },
  { name: 'file', user: 'clerk', path: '/people?q=%E6%89%8E%E8%A5%BF', follow: 'main table a[href^="/people/"], main a[href^="/people/0"]', width: 1280, height: 960, lang: 'en' },
  { name: 'day', user: 'worker', path: '/day', width: 360, height: 740, lang: 'zh-CN' },
  { name: 'reads', user: 'citizen', path: '/me', width: 360, height: 740, lang: 'bo' },
];

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
for (const picture of pictures) {
  const context = await browser.newContext({ viewport: { width: picture.width, height: picture.height }, locale: picture.lang, colorScheme: 'light' });
  const page = await context.newPage();
  await page.goto(`${address}/sign-in`);
  await page.fill('#signIn', picture.user);
  await page.fill('#password', 'legwork-demo');
  await page.click('form:has(#password) button');
  await page.waitForLoadState();
  await page.goto(address + picture.path);
  if (picture.follow) {
    await page.locator(picture.follow).first().click();
    await page.waitForLoadState();
  }
  await page.screenshot({ path: `${home}/docs/pictures/${picture.name}.png` });
  await context.close();
}
await browser.close();
