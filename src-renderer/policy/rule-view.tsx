import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { paths } from '../app/paths.ts'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { PageHeader, Panel } from '../ui/page.tsx'
import { Tag } from '../ui/tag.tsx'
import { sayField } from './field-words.ts'
import type { OpenRule, RuleVersion } from './policy.ts'
import type { Act } from './rule-acts.tsx'
import { RuleMarks } from './rule-list.tsx'
import { describeRule } from './rule-words.ts'
import { useWords } from './use-words.ts'

interface RuleViewProps {
  rule: OpenRule
  /** Absent where the reader may not change rules. */
  onAct: ((act: Act) => void) | undefined
}

/** One rule in words: what it says, on what ground, since when, and who answers for it. */
export function RuleView({ rule: opened, onAct }: RuleViewProps) {
  const { t } = useTranslation()
  const words = useWords()
  const { rule } = opened
  const draft = opened.unsigned ? opened.versions[0] : undefined
  return (
    <>
      <PageHeader
        title={words.say(rule.text)}
        facts={[
          t(`policy-screen:effect.${rule.effect}`),
          t(`policy-screen:layer.${rule.layer}`),
          opened.file ? words.say(opened.file) : t('policy-screen:ownRule'),
          <span key="id" className="policy-id">
            {rule.id}
          </span>,
        ]}
      />
      <RuleMarks rule={opened} />
      <Warnings opened={opened} />
      <Panel title={t('policy-screen:view.says')}>
        <Facts rule={rule} />
      </Panel>
      <Panel title={t('policy-screen:view.ground')}>
        <dl className="facts-list">
          <dt>{t('policy-screen:fact.basis')}</dt>
          <dd>{words.say(rule.basis)}</dd>
          <dt>{t('policy-screen:fact.otherLanguage')}</dt>
          <dd lang={words.language === 'zh-CN' ? 'en' : 'zh-CN'}>
            {words.language === 'zh-CN'
              ? `${rule.text.en} — ${rule.basis.en}`
              : `${rule.text.zh}——${rule.basis.zh}`}
          </dd>
          <dt>{t('policy-screen:fact.source')}</dt>
          <dd>{rule.source}</dd>
          <dt>{t('policy-screen:fact.version')}</dt>
          <dd>{t('policy-screen:versionNo', { version: rule.version })}</dd>
        </dl>
      </Panel>
      {draft && draft.version !== rule.version ? (
        <Panel title={t('policy-screen:view.draft', { version: draft.version })}>
          <Facts rule={draft.rule} />
        </Panel>
      ) : null}
      {opened.versions.length > 0 ? <History opened={opened} onAct={onAct} /> : null}
    </>
  )
}

function Facts({ rule }: { rule: OpenRule['rule'] }) {
  const { t } = useTranslation()
  const words = useWords()
  return (
    <dl className="facts-list">
      {describeRule(rule, words).map(({ label, text }) => (
        <div key={label} className="policy-fact">
          <dt>{t(`policy-screen:fact.${label}`)}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}

/** What a reader must know before relying on it. */
function Warnings({ opened }: { opened: OpenRule }) {
  const { t } = useTranslation()
  return (
    <div className="policy-warnings">
      {opened.undecided.length > 0 ? (
        <Alert type="warning" showIcon title={<Undecided opened={opened} />} />
      ) : opened.decidedBy.length > 0 ? (
        <Alert type="info" showIcon title={<DecidedBy opened={opened} />} />
      ) : null}
      {opened.weakerThan ? (
        <Alert
          type="error"
          showIcon
          title={
            <>
              {t('policy-screen:view.weaker', {
                field: sayField(opened.weakerThan.field, t),
              })}{' '}
              <Link to={paths.rules(opened.weakerThan.id)}>{opened.weakerThan.id}</Link>
            </>
          }
        />
      ) : null}
      {opened.unverified ? (
        <Alert
          type="warning"
          showIcon
          title={
            <>
              <strong>{t('policy-screen:view.unverified')}</strong>{' '}
              {t('policy-screen:view.unverifiedHint')}
            </>
          }
        />
      ) : null}
      {opened.state === 'off' || opened.state === 'elsewhere' ? (
        <Alert
          type="info"
          showIcon
          title={
            <>
              {t(`policy-screen:view.${opened.state}`)}{' '}
              {opened.state === 'off' && opened.origin === 'shipped' ? (
                <Link to={paths.policyChoices()}>{t('policy-screen:view.toChoices')}</Link>
              ) : null}
            </>
          }
        />
      ) : null}
    </div>
  )
}

/** Which values are open, and the store's own rule that gives them where there is one. */
function Undecided({ opened }: { opened: OpenRule }) {
  const { t } = useTranslation()
  const words = useWords()
  const fields = new Intl.ListFormat(words.language).format(
    opened.undecided.map((field) => nameOfField(field, opened, words)),
  )
  return (
    <>
      <strong>{t('policy-screen:view.undecided', { fields })}</strong>{' '}
      {opened.decidedBy.length === 0 ? (
        t('policy-screen:view.undecidedHint')
      ) : (
        <DecidedBy opened={opened} />
      )}
    </>
  )
}

function DecidedBy({ opened }: { opened: OpenRule }) {
  const { t } = useTranslation()
  const words = useWords()
  return (
    <>
      {t('policy-screen:view.decidedBy')}
      {opened.decidedBy.map((each) => (
        <Link key={each.id} className="policy-link" to={paths.rules(each.id)}>
          {words.say(each.text)}
        </Link>
      ))}
    </>
  )
}

function nameOfField(
  field: string,
  { rule }: OpenRule,
  words: ReturnType<typeof useWords>,
): string {
  if (rule.effect === 'term' && field.startsWith('parts.')) {
    const part = rule.parts.find((each) => `parts.${each.part}` === field)
    return part ? words.say(part.name) : field
  }
  return words.t(`policy-screen:undecided.${field}`)
}

function History({ opened, onAct }: { opened: OpenRule; onAct: RuleViewProps['onAct'] }) {
  const { t } = useTranslation()
  return (
    <Panel title={t('policy-screen:view.history')}>
      <ol className="policy-history">
        {opened.versions.map((version) => (
          <li key={version.version}>
            <Version version={version} newest={opened.versions[0]?.version} onAct={onAct} />
          </li>
        ))}
      </ol>
    </Panel>
  )
}

interface VersionProps {
  version: RuleVersion
  newest: number | undefined
  onAct: RuleViewProps['onAct']
}

function Version({ version, newest, onAct }: VersionProps) {
  const { t } = useTranslation()
  const words = useWords()
  const number = t('policy-screen:versionNo', { version: version.version })
  return (
    <>
      <div className="policy-version">
        <strong>{number}</strong>
        <VersionState version={version} />
        <span className="policy-version-acts">
          {onAct && version.version !== newest ? (
            <Button
              size="small"
              aria-label={`${t('policy-screen:act.rollBack')} · ${number}`}
              onClick={() => onAct({ kind: 'rollBack', to: version.version })}
            >
              {t('policy-screen:act.rollBack')}
            </Button>
          ) : null}
          {onAct && version.span && !version.withdrawn ? (
            <Button
              size="small"
              danger
              aria-label={`${t('policy-screen:act.withdraw')} · ${number}`}
              onClick={() => onAct({ kind: 'withdraw', version: version.version })}
            >
              {t('policy-screen:act.withdraw')}
            </Button>
          ) : null}
        </span>
      </div>
      <p>{words.say(version.rule.text)}</p>
      <ul className="policy-events">
        <li>
          {t(`policy-screen:made.${version.origin}`, {
            name: version.madeBy,
            version: version.originVersion ?? 0,
          })}{' '}
          <Moment at={version.madeAt} />
          {version.note ? ` · ${version.note}` : ''}
        </li>
        {version.signed ? (
          <li>
            {t('policy-screen:signedBy', { name: version.signed.by })}{' '}
            <Moment at={version.signed.at} />
            {version.signed.note && version.signed.note !== version.note
              ? ` · ${version.signed.note}`
              : ''}
          </li>
        ) : null}
        {version.withdrawn ? (
          <li>
            {t('policy-screen:withdrawnBy', { name: version.withdrawn.by })}{' '}
            <BusinessDate date={version.withdrawn.from} /> · {version.withdrawn.note}
          </li>
        ) : null}
      </ul>
    </>
  )
}

function VersionState({ version }: { version: RuleVersion }) {
  const { t } = useTranslation()
  if (!version.signed) return <Tag tone="soon">{t('policy-screen:state.draft')}</Tag>
  if (!version.span) return <Tag>{t('policy-screen:neverHeld')}</Tag>
  return (
    <Tag tone={version.span.to === null ? 'teal' : 'plain'}>
      <BusinessDate date={version.span.from} />
      {version.span.to === null ? (
        ` ${t('policy-screen:onwards')}`
      ) : (
        <>
          {' – '}
          <BusinessDate date={version.span.to} />
        </>
      )}
    </Tag>
  )
}
