import { createTheme, type CSSVariablesResolver } from '@mantine/core'

/** Every colour of the window. Contrast of text and edges is checked in `theme.test.ts`. */
export const colours = {
  light: {
    page: '#f4f5f7',
    surface: '#ffffff',
    sunk: '#eef0f3',
    raised: '#ffffff',
    rule: '#d9dde2',
    edge: '#858c96',
    text: '#15181c',
    'text-2': '#434a53',
    'text-3': '#5c646e',
    accent: '#1b5a98',
    'accent-fill': '#1b5a98',
    'accent-tint': '#e6f0fa',
    'on-accent': '#ffffff',
    red: '#a8201a',
    'red-tint': '#fcebe9',
    'red-line': '#d98a84',
    amber: '#7a4a00',
    'amber-tint': '#fff3da',
    'amber-line': '#d7a84d',
    veil: 'rgb(24 30 38 / 42%)',
    'shadow-colour': 'rgb(20 30 45 / 18%)',
  },
  dark: {
    page: '#141619',
    surface: '#1b1e22',
    sunk: '#121417',
    raised: '#23272c',
    rule: '#343a41',
    edge: '#7c848f',
    text: '#e9ebee',
    'text-2': '#bcc2ca',
    'text-3': '#9ba3ad',
    accent: '#86b8ee',
    'accent-fill': '#2a6cb0',
    'accent-tint': '#1c2f44',
    'on-accent': '#ffffff',
    red: '#ff9f95',
    'red-tint': '#3a1f1e',
    'red-line': '#8a4a45',
    amber: '#efbf62',
    'amber-tint': '#352a15',
    'amber-line': '#7b6129',
    veil: 'rgb(0 0 0 / 60%)',
    'shadow-colour': 'rgb(0 0 0 / 60%)',
  },
} as const

const withDashes = (tokens: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(tokens).map(([name, value]) => [`--${name}`, value]))

/** Gives the page its tokens, and the library's own variables the same colours. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {
    '--mantine-color-body': 'var(--page)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-bright': 'var(--text)',
    '--mantine-color-dimmed': 'var(--text-3)',
    '--mantine-color-placeholder': 'var(--text-3)',
    '--mantine-color-error': 'var(--red)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-default-border': 'var(--edge)',
    '--mantine-color-default-hover': 'var(--accent-tint)',
    '--mantine-primary-color-filled': 'var(--accent)',
  },
  light: withDashes(colours.light),
  dark: withDashes(colours.dark),
})

const fontFamily = '"Segoe UI Variable Text", "Segoe UI", "Liberation Sans", Arial, sans-serif'

export const theme = createTheme({
  fontFamily,
  headings: { fontFamily, fontWeight: '600' },
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '0.9375rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.3333', sm: '1.4286', md: '1.5333', lg: '1.5', xl: '1.3' },
  spacing: { xs: '0.25rem', sm: '0.5rem', md: '0.75rem', lg: '1rem', xl: '1.5rem' },
  radius: { xs: '0.1875rem', sm: '0.25rem', md: '0.375rem', lg: '0.5rem', xl: '0.5rem' },
  defaultRadius: 'sm',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    TextInput: { defaultProps: { size: 'sm', inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
    Textarea: { defaultProps: { size: 'sm', inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
    NativeSelect: { defaultProps: { size: 'sm', inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
    Modal: { defaultProps: { transitionProps: { duration: 0 }, radius: 'lg', yOffset: '3.5rem' } },
    Menu: {
      defaultProps: {
        transitionProps: { duration: 0 },
        position: 'bottom-start',
        shadow: 'none',
        menuItemTabIndex: 0,
        // By default the press that opens a menu from a field closes it again.
        clickOutsideEvents: ['mousedown', 'touchstart'],
      },
    },
  },
})
