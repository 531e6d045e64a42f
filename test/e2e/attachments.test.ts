import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findA11yProblems } from '../support/axe.ts'
import { LOOKS, openAt, press } from '../support/desk-pages.ts'
import { makeTempFolder } from '../support/hosted-desk.ts'
import {
  chooseFile,
  FAKE_CAMERA,
  openCamera,
  photographAndUnplug,
  tiles,
  trigger,
} from '../support/photo-visit.ts'
import { recordScratch } from '../support/scratch.ts'
import { intoJpeg, jpeg, jpegSecrets, makePng, secrets } from '../support/pictures.ts'
import { openWebDesk, type WebDesk } from '../support/web-desk.ts'

let web: WebDesk
let complaint: string
const folder = makeTempFolder('photos')

beforeAll(async () => {
  web = await openWebDesk({
    // A picture that moves instead of a camera, allowed without a question.
    browserArgs: [FAKE_CAMERA, '--use-fake-ui-for-media-stream'],
  })
  complaint = `#/complaints/${await recordScratch(web.client)}`
})

afterAll(async () => {
  await web.close()
  folder.remove()
})

/** The complaint with its photos on screen. */
async function openComplaint(look: Parameters<typeof openAt>[2] = {}): Promise<Page> {
  const page = await openAt(web, complaint, look)
  await page.locator('.photo-box').waitFor()
  return page
}

const choose = (page: Page, name: string, bytes: Uint8Array) =>
  chooseFile(page, folder.dir, name, bytes)

describe('photos of a complaint', () => {
  it('are taken by key, kept at once, shown in full and taken off with a reason', async () => {
    const page = await openComplaint()
    await page.getByText('还没有照片或文件。').waitFor()
    await openCamera(page)
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Space')
    await page.getByText('已拍 1 张，都已保存').waitFor()
    await trigger(page).waitFor()
    await press(page, 'Space')
    await page.getByText('已拍 2 张，都已保存').waitFor()
    await press(page, 'Escape')
    await page.locator('video').waitFor({ state: 'detached' })
    await tiles(page).nth(1).waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await tiles(page).first().focus()
    await press(page, 'Enter')
    await page.locator('.attachment-picture').waitFor()
    await page.getByText('1 / 2').waitFor()
    await press(page, 'ArrowRight')
    await page.getByText('2 / 2').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Delete')
    await page.getByLabel('为什么去掉').fill('拍糊了')
    await press(page, 'Control+Enter')
    await page.getByText(/已去掉 camera-.*（李静：拍糊了）/).waitFor()
    await expect.poll(() => tiles(page).count()).toBe(1)
    await page.getByText('去掉照片或文件').waitFor()
  })

  it('survive a camera that is unplugged, and it can be connected again by key', async () => {
    const page = await openComplaint()
    await photographAndUnplug(page)
  })

  it('say what is wrong without a camera, or where it is not allowed', async () => {
    const page = await openComplaint()
    for (const [name, said] of [
      ['NotFoundError', '没有找到摄像头'],
      ['NotAllowedError', '没有使用摄像头的许可'],
      ['NotReadableError', '摄像头打不开'],
    ] as const) {
      await page.evaluate((error) => {
        navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', error))
      }, name)
      await press(page, 'Alt+c')
      await page.getByText(said).waitFor()
      await press(page, 'Escape')
      await page.getByText(said).waitFor({ state: 'detached' })
    }
  })

  it('are chosen as files: what is too large, renamed or damaged is said, and nothing is lost', async () => {
    const page = await openComplaint()
    // Those of the tests before are there once the list is.
    await tiles(page).first().waitFor()
    const before = await tiles(page).count()
    await choose(page, 'huge.jpg', Buffer.concat([jpeg, Buffer.alloc(40 * 1024 * 1024)]))
    await page.getByText('huge.jpg 太大（上限 20 MB）').waitFor()
    await choose(page, 'scan.jpg', Buffer.from('PK\u0003\u0004 a zip'))
    await page.getByText('scan.jpg 的内容是 ZIP，不能存').waitFor()
    await choose(page, 'half.jpg', jpeg.subarray(0, 60))
    await page.getByText('half.jpg 已损坏或不完整').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await choose(page, 'door.jpg', intoJpeg(jpeg, jpegSecrets()))
    await tiles(page).nth(before).waitFor()
    await page.getByText('已损坏').waitFor({ state: 'detached' })
  })

  it('lose the place they were taken at and still show the right way up', async () => {
    const page = await openComplaint()
    await tiles(page).last().focus()
    await press(page, 'Enter')
    const picture = page.locator('.attachment-picture')
    await picture.waitFor()
    await page.waitForFunction(() => {
      const shown = document.querySelector<HTMLImageElement>('.attachment-picture')
      return shown?.complete === true && shown.naturalWidth > 0
    })
    const size = await picture.evaluate((shown: HTMLImageElement) => [
      shown.naturalWidth,
      shown.naturalHeight,
    ])
    // 16 by 24 as coded, turned by the orientation that stayed.
    expect(size).toEqual([24, 16])
    const hash = await page.locator('.attachment-hash').getAttribute('title')
    const { evidenceDir } = web.desk.folder
    const kept = readFileSync(path.join(evidenceDir, hash?.slice(0, 2) ?? '', hash ?? ''))
    expect(secrets.filter((secret) => kept.includes(secret))).toEqual([])
  })

  it('are pasted and dropped', async () => {
    const page = await openComplaint()
    // Those of the tests before are there once the list is.
    await tiles(page).first().waitFor()
    const before = await tiles(page).count()
    for (const [kind, width] of [
      ['paste', 21],
      ['drop', 22],
    ] as const) {
      const bytes = [...makePng({ width })]
      await page.evaluate(
        ({ event, content }) => {
          const data = new DataTransfer()
          data.items.add(new File([new Uint8Array(content)], `${event}.png`, { type: 'image/png' }))
          const init = { bubbles: true, cancelable: true }
          document.body.dispatchEvent(
            event === 'paste'
              ? new ClipboardEvent('paste', { ...init, clipboardData: data })
              : new DragEvent('drop', { ...init, dataTransfer: data }),
          )
        },
        { event: kind, content: bytes },
      )
      await tiles(page)
        .nth(before + (kind === 'paste' ? 0 : 1))
        .waitFor()
    }
  })

  it('look right in both languages and both lights', async () => {
    for (const look of LOOKS) {
      const page = await openComplaint(look)
      await tiles(page).first().waitFor()
      expect(await findA11yProblems(page)).toEqual([])
      await press(page, 'Alt+c')
      await page.locator('video').waitFor()
      expect(await findA11yProblems(page)).toEqual([])
      await press(page, 'Escape')
    }
  })
})

describe('a signature on the screen', () => {
  it('is not taken empty, is wiped and undone by key, and stands with the name', async () => {
    const page = await openComplaint()
    await press(page, 'Alt+y')
    await page.getByLabel('签字人姓名').fill('王女士')
    const pad = page.locator('canvas.signature-pad')
    await pad.focus()
    await press(page, 'Space')
    await page.getByText('签名是空的。请签字。').waitFor()
    await expect.poll(() => page.getByRole('button', { name: /收下签字/ }).isDisabled()).toBe(true)
    expect(await findA11yProblems(page)).toEqual([])
    const stroke = async (y: number) => {
      const box = await pad.boundingBox()
      if (!box) throw new Error('no pad')
      await page.mouse.move(box.x + 60, box.y + y)
      await page.mouse.down()
      for (let step = 1; step <= 12; step += 1) {
        await page.mouse.move(box.x + 60 + step * 14, box.y + y + (step % 3) * 16)
      }
      await page.mouse.up()
    }
    await stroke(30)
    await press(page, 'Delete')
    await press(page, 'Space')
    await page.getByText('签名是空的').waitFor()
    await stroke(30)
    await stroke(70)
    await press(page, 'Control+z')
    await press(page, 'Space')
    await page.locator('.signature-drawn img').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Control+Enter')
    await page.locator('.photo-tile-label', { hasText: '王女士' }).waitFor()
  })
})
