import { buildIfStale } from '../../src-main/hosts/build.ts'
import { chooseChromium } from './chromium.ts'

/** Before the first browser test: the pages are built and a Chromium is there. */
export default async function setup(): Promise<void> {
  await buildIfStale()
  await chooseChromium()
}
