import { Checkbox, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { HotkeyLayer, useHotkeys } from '../input/hotkeys.tsx'
import { KeyChoices } from '../ui/key-choices.tsx'
import { PaperPreview } from '../ui/paper-preview.tsx'
import { FormatChoice } from '../ui/slip-paper.tsx'
import {
  formatsOf,
  intakePapers,
  keepFormat,
  keepIntakePapers,
  type PaperFormat,
  type PaperKind,
  paperKinds,
  paperOf,
  readFormat,
  readIntakePapers,
} from './papers.ts'
import type { Repair } from './repair.ts'

interface PapersDialogProps {
  repair: Repair
  first: PaperKind
  onClose: () => void
}

/** Sheet, stub, labels and record: a digit shows one, F9 prints it. */
export function PapersDialog(props: PapersDialogProps) {
  const { t } = useTranslation()
  return (
    <Modal
      open
      className="repair-papers"
      width={960}
      centered
      title={`${t('repairs:papers.title')} · ${props.repair.number}`}
      footer={null}
      keyboard={false}
      transitionName=""
      maskTransitionName=""
      destroyOnHidden
      onCancel={props.onClose}
    >
      <HotkeyLayer>
        <Papers {...props} />
      </HotkeyLayer>
    </Modal>
  )
}

function Papers({ repair, first, onClose }: PapersDialogProps) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<PaperKind>(first)
  const [format, setFormat] = useState<PaperFormat>(() => readFormat(first))
  const [atIntake, setAtIntake] = useState(readIntakePapers)
  const choose = (next: PaperKind) => {
    setKind(next)
    setFormat(readFormat(next))
  }
  const formats = formatsOf(kind)
  const change = (next: PaperFormat) => {
    keepFormat(kind, next)
    setFormat(next)
  }
  useHotkeys([{ keys: 'Esc', label: t('app:keys.close'), run: onClose }])
  const isAtIntake = intakePapers.some((each) => each === kind)
  return (
    <div className="repair-papers-body">
      <div className="repair-papers-tools">
        <KeyChoices<PaperKind>
          legend={null}
          choices={paperKinds.map((value, index) => ({
            keys: String(index + 1),
            value,
            label: t(`repairs:papers.${value}`),
          }))}
          value={kind}
          onChoose={choose}
        />
        <FormatChoice formats={formats} value={format} onChange={change} />
        {isAtIntake ? (
          <Checkbox
            checked={atIntake.includes(kind)}
            onChange={({ target }) => {
              const others = atIntake.filter((each) => each !== kind)
              const next = target.checked ? [...others, kind] : others
              keepIntakePapers(next)
              setAtIntake(next)
            }}
          >
            {t('repairs:papers.atIntake')}
          </Checkbox>
        ) : null}
        <span className="row-note">
          {t('repairs:papers.times', { count: repair.prints[kind] })}
        </span>
      </div>
      <PaperPreview
        key={kind}
        paper={paperOf(kind, repair.id, format)}
        revision={repair.version}
        label={t(`repairs:papers.${kind}`)}
      />
    </div>
  )
}
