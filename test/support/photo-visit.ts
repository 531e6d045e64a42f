import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { press } from './desk-pages.ts'

/** A picture that moves instead of a camera. */
export const FAKE_CAMERA = '--use-fake-device-for-media-stream'

/** The photos and files of the case on screen. */
export const tiles = (page: Page) => page.locator('.photo-tile')

/** Opens the camera by key and waits for its picture. */
export async function openCamera(page: Page): Promise<void> {
  await press(page, 'Alt+c')
  await page.locator('video').waitFor()
  await trigger(page).waitFor()
}

/** The camera's trigger, once it takes a picture. */
export const trigger = (page: Page) =>
  page.getByRole('button', { name: /拍一张/ }).and(page.locator(':enabled'))

/** Takes one photo, loses the camera, reads what was kept, connects it again by key and closes it. */
export async function photographAndUnplug(page: Page): Promise<void> {
  await openCamera(page)
  await press(page, 'Space')
  await page.getByText('已拍 1 张，都已保存').waitFor()
  await unplug(page)
  await page.getByText('摄像头断开了').waitFor()
  await page.getByText('已拍的 1 张都已保存，填写的内容还在。').waitFor()
  await press(page, 'Alt+r')
  await page.locator('video').waitFor()
  await press(page, 'Escape')
  await page.locator('video').waitFor({ state: 'detached' })
}

/** Pulls the camera's plug, as far as the page can tell. */
async function unplug(page: Page): Promise<void> {
  await page.locator('video').evaluate((video: HTMLVideoElement) => {
    const [track] = (video.srcObject as MediaStream).getVideoTracks()
    track?.stop()
    track?.dispatchEvent(new Event('ended'))
  })
}

/** Chooses a file of `folder` with these bytes. */
export async function chooseFile(
  page: Page,
  folder: string,
  name: string,
  bytes: Uint8Array,
): Promise<void> {
  const file = path.join(folder, name)
  writeFileSync(file, bytes)
  await page.locator('input[type=file]').setInputFiles(file)
}
