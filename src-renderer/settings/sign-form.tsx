import { DeleteOutlined, PictureOutlined } from '@ant-design/icons'
import { Button, Radio } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { formLengths } from '../../src-main/foundation/paper-formats.ts'
import { findUnfairTerm } from '../../src-main/foundation/unfair-terms.ts'
import { longestHeadLine, rollLogos, smallLogo } from '../../src-main/papers/contract.ts'
import { desk } from '../app/client.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { FileAlert } from '../ui/file-alert.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { uploadFile } from '../ui/kept-file.ts'
import { Panel } from '../ui/page.tsx'
import { BlobPicture, useKeptBlob } from '../ui/thumbnail.tsx'
import { useDraft } from '../ui/use-draft.ts'
import { BothField } from './design-form.tsx'
import { DesignFrame } from './design-frame.tsx'
import type { Designs } from './papers-part.tsx'

type Value = Designs['sign']['value']

/** What all papers have of the store: its logo, how a roll prints it, the line below its name, and the forms it feeds. */
export function SignForm({ sign, papers }: { sign: Designs['sign']; papers: Designs['papers'] }) {
  const { t } = useTranslation()
  const { version } = sign
  const [value, keep, clear] = useDraft<Value>(`paper-sign-${version}`, sign.value)
  const set = (part: Partial<Value>) => keep((before) => ({ ...before, ...part }))
  const { logo, headLine, onRolls, formLength } = value
  return (
    <DesignFrame
      places={papers}
      draft={{ design: null, sign: value }}
      kept={sign}
      value={value}
      isFair={[headLine.zh, headLine.en].every((text) => findUnfairTerm(text) === null)}
      onDiscard={clear}
      save={{
        procedure: desk.papers.changeSign,
        input: (restores) => ({ value, version, restores }),
      }}
      versions={{
        key: 'sign',
        read: () => desk.papers.signVersions(),
        bringBack: (old) => keep(old),
      }}
    >
      <Panel title={t('designs:sign.logo')}>
        <LogoField logo={logo} onChange={(next) => set({ logo: next })} />
        {logo ? (
          <fieldset className="designs-both">
            <legend>{t('designs:sign.onRolls')}</legend>
            <Radio.Group
              className="designs-rolls"
              value={onRolls}
              onChange={(event) => set({ onRolls: event.target.value as Value['onRolls'] })}
            >
              {rollLogos.map((way) => (
                <Radio key={way} value={way}>
                  {t(`designs:sign.rolls.${way}`)}
                  {way === 'none' ? null : <KeptPicture sha256={logo[way].sha256} alt="" />}
                </Radio>
              ))}
            </Radio.Group>
          </fieldset>
        ) : null}
      </Panel>
      <Panel title={t('designs:sign.formLength')}>
        <Radio.Group
          className="designs-rolls"
          aria-label={t('designs:sign.formLength')}
          value={formLength}
          onChange={(event) => set({ formLength: event.target.value as Value['formLength'] })}
        >
          {formLengths.map((length) => (
            <Radio key={length} value={length}>
              {t(`designs:sign.formLengths.${length}`)}
            </Radio>
          ))}
        </Radio.Group>
        <p className="field-hint">{t('designs:sign.formLengthHint')}</p>
      </Panel>
      <Panel title={t('designs:sign.headLine')}>
        <BothField
          label={t('designs:sign.headLineOf')}
          hint={t('designs:sign.headLineHint')}
          value={headLine}
          longest={longestHeadLine}
          onChange={(next) => set({ headLine: next })}
        />
      </Panel>
    </DesignFrame>
  )
}

interface LogoFieldProps {
  logo: Value['logo']
  onChange: (logo: Value['logo']) => void
}

/** The logo there is, another one from a file, or none. A file that is no logo is refused and changes nothing. */
function LogoField({ logo, onChange }: LogoFieldProps) {
  const { t } = useTranslation()
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const take = async (file: File | undefined) => {
    if (!file) return
    setError(null)
    setBusy(true)
    try {
      const uploadId = await uploadFile(file)
      // What cannot be drawn here is no picture; the desk, which knows files by their bytes, says what it is.
      const small = (await makeSmall(file).catch(() => null)) ?? new Blob([])
      onChange(await desk.papers.keepLogo({ uploadId, small }))
    } catch (failed) {
      setError(failed)
    } finally {
      setBusy(false)
    }
  }
  const choose = () => input.current?.click()
  useHotkeys([{ keys: 'Alt+I', label: t('designs:sign.choose'), run: choose }])
  return (
    <>
      <FileAlert error={error} />
      {logo ? (
        <KeptPicture sha256={logo.colour.sha256} alt={t('designs:sign.logo')} />
      ) : (
        <p className="row-note">{t('designs:sign.noLogo')}</p>
      )}
      <div className="designs-actions">
        <Button
          icon={<PictureOutlined />}
          loading={isBusy}
          aria-keyshortcuts="Alt+I"
          onClick={choose}
        >
          {t('designs:sign.choose')} <KeyCap keys="Alt+I" />
        </Button>
        {logo ? (
          <Button icon={<DeleteOutlined />} onClick={() => onChange(null)}>
            {t('designs:sign.remove')}
          </Button>
        ) : null}
        <span className="field-hint">{t('designs:sign.logoHint')}</span>
        <input
          ref={input}
          type="file"
          hidden
          accept="image/png,image/jpeg"
          aria-label={t('designs:sign.choose')}
          onChange={(event) => {
            void take(event.target.files?.[0])
            event.target.value = ''
          }}
        />
      </div>
    </>
  )
}

function KeptPicture({ sha256, alt }: { sha256: string; alt: string }) {
  const { data } = useKeptBlob(sha256)
  return data ? <BlobPicture blob={data} alt={alt} className="designs-logo" /> : null
}

/** The picture no larger than a paper needs it, the right way up. */
async function makeSmall(file: Blob): Promise<Blob | null> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const scale = Math.min(1, smallLogo.width / bitmap.width, smallLogo.height / bitmap.height)
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  const context = canvas.getContext('2d')
  if (context) context.imageSmoothingQuality = 'high'
  context?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
}
