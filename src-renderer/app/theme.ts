import { theme as antdTheme } from 'antd'
import type { ThemeConfig } from 'antd'

/** How the desk looks: a fixed theme or the machine's own. */
export const APPEARANCES = ['light', 'dark', 'system'] as const
export type Appearance = (typeof APPEARANCES)[number]
export type Mode = 'light' | 'dark'

/**
 * The desk's colours. Text on its ground meets WCAG AA (4.5:1) in both modes; `control` meets 3:1.
 * Seal red means risk, refusal or a stamp; amber means due soon; green never stands without ✓.
 */
interface Palette {
  ink: string
  inkSoft: string
  inkFaint: string
  paper: string
  ground: string
  raised: string
  sunken: string
  line: string
  control: string
  teal: string
  tealHover: string
  tealActive: string
  tealSoft: string
  tealInk: string
  seal: string
  sealSoft: string
  sealInk: string
  amberInk: string
  amberSoft: string
  greenInk: string
  greenSoft: string
  rail: string
  railInk: string
  railActive: string
  focus: string
}

const light: Palette = {
  ink: '#12212B',
  inkSoft: '#45555F',
  inkFaint: '#5D6B74',
  paper: '#FFFFFF',
  ground: '#F6F7F5',
  raised: '#FFFFFF',
  sunken: '#EEF1EF',
  line: '#DDE3E1',
  control: '#85929A',
  teal: '#0B6E69',
  tealHover: '#0A5F5B',
  tealActive: '#084E4B',
  tealSoft: '#E2F0EE',
  tealInk: '#0A5F5B',
  seal: '#B3261E',
  sealSoft: '#FBEAE8',
  sealInk: '#9B1F18',
  amberInk: '#7A4B00',
  amberSoft: '#FDF1DC',
  greenInk: '#1C6431',
  greenSoft: '#E4F2E7',
  rail: '#12212B',
  railInk: '#D3DDE0',
  railActive: '#0B6E69',
  focus: '#0B6E69',
}

const dark: Palette = {
  ink: '#E8EEEC',
  inkSoft: '#B4C1C5',
  inkFaint: '#94A4AA',
  paper: '#16212A',
  ground: '#0F171C',
  raised: '#1D2A33',
  sunken: '#111B22',
  line: '#2B3A44',
  control: '#6C7E88',
  teal: '#107A74',
  tealHover: '#138C85',
  tealActive: '#0D6A65',
  tealSoft: '#12363A',
  tealInk: '#62CCC3',
  seal: '#F28B82',
  sealSoft: '#3A1D1D',
  sealInk: '#FF9D94',
  amberInk: '#F0BE6B',
  amberSoft: '#37290F',
  greenInk: '#7FD196',
  greenSoft: '#163021',
  rail: '#0A1115',
  railInk: '#C3CFD3',
  railActive: '#107A74',
  focus: '#62CCC3',
}

const palettes: Record<Mode, Palette> = { light, dark }

/** The typeface stack: the bundled Noto Sans SC, then what the machine has. */
const fontFamily =
  "'Noto Sans SC Variable', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', system-ui, sans-serif"

/** Puts the palette on the document for our own style sheets as `--ink`, `--teal-soft` and so on. */
export function applyPalette(mode: Mode): void {
  const root = document.documentElement
  for (const [name, value] of Object.entries(palettes[mode])) {
    root.style.setProperty(
      `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      value,
    )
  }
  root.style.colorScheme = mode
  root.dataset['mode'] = mode
}

/** Base size of type in pixels: larger where a finger works on a big screen. */
export const FONT_SIZE = { normal: 14, touch: 15 } as const

/** The antd theme for one mode; sizes are the same in both. */
export function themeFor(mode: Mode, fontSize: number): ThemeConfig {
  const p = palettes[mode]
  return {
    cssVar: { key: 'desk' },
    hashed: false,
    algorithm: mode === 'dark' ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
    token: {
      fontFamily,
      fontFamilyCode: "ui-monospace, 'SFMono-Regular', 'Noto Sans Mono', Consolas, monospace",
      fontSize,
      lineHeight: 1.5,
      borderRadius: 6,
      controlHeight: 34,
      controlHeightLG: 42,
      colorPrimary: p.teal,
      colorPrimaryHover: p.tealHover,
      colorPrimaryActive: p.tealActive,
      colorPrimaryBg: p.tealSoft,
      colorPrimaryBgHover: p.tealSoft,
      colorPrimaryText: p.tealInk,
      colorInfo: p.teal,
      colorInfoBg: p.tealSoft,
      colorInfoBorder: p.tealSoft,
      colorLink: p.tealInk,
      colorLinkHover: p.tealHover,
      colorError: p.seal,
      colorErrorText: p.sealInk,
      colorErrorBg: p.sealSoft,
      colorErrorBorder: p.seal,
      colorWarning: mode === 'dark' ? '#D79A35' : '#A86A00',
      colorWarningText: p.amberInk,
      colorWarningBg: p.amberSoft,
      colorSuccess: mode === 'dark' ? '#4FAE6B' : '#277A3E',
      colorSuccessText: p.greenInk,
      colorSuccessBg: p.greenSoft,
      colorTextBase: p.ink,
      colorBgBase: p.paper,
      colorText: p.ink,
      colorTextSecondary: p.inkSoft,
      colorTextTertiary: p.inkFaint,
      colorTextQuaternary: p.inkFaint,
      colorTextDescription: p.inkSoft,
      colorTextPlaceholder: p.inkFaint,
      colorTextDisabled: p.inkFaint,
      colorTextHeading: p.ink,
      colorTextLabel: p.inkSoft,
      colorIcon: p.inkSoft,
      colorBgContainer: p.paper,
      colorBgElevated: p.raised,
      colorBgLayout: p.ground,
      colorBgContainerDisabled: p.sunken,
      colorBorder: p.control,
      colorBorderSecondary: p.line,
      colorSplit: p.line,
      colorPrimaryBorder: p.focus,
      lineWidthFocus: 2,
      controlOutline: 'transparent',
      controlOutlineWidth: 0,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
      wireframe: false,
    },
    components: {
      Table: {
        cellPaddingBlock: 7,
        cellPaddingInline: 10,
        cellPaddingBlockSM: 5,
        headerBg: p.sunken,
        headerColor: p.inkSoft,
        rowHoverBg: p.sunken,
        borderColor: p.line,
      },
      Button: {
        fontWeight: 500,
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        dangerColor: mode === 'dark' ? '#2B0A07' : '#FFFFFF',
      },
      Form: { itemMarginBottom: 16, verticalLabelPadding: '0 0 4px', labelColor: p.inkSoft },
      Card: { headerHeight: 40, bodyPadding: 16 },
      Tabs: { itemColor: p.inkSoft, itemSelectedColor: p.tealInk },
      Segmented: { itemColor: p.inkSoft, trackBg: p.sunken },
      Tag: { defaultBg: p.sunken, defaultColor: p.inkSoft },
    },
  }
}
