import { MantineProvider, type MantineColorSchemeManager } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { SessionGate } from '../features/session/SessionGate.tsx'
import { queryClient, useCall } from './api.ts'
import { styleNonce } from './nonce.ts'
import { router } from './routes.tsx'
import { DEFAULT_SETTINGS } from './session.ts'
import { cssVariablesResolver, theme } from './theme.ts'

/** The providers, outermost first. */
export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <Colours>
        <SessionGate>
          <RouterProvider router={router} />
        </SessionGate>
      </Colours>
    </QueryClientProvider>
  )
}

// The officer's choice is kept in the store, not in the browser's storage.
const nothingKept: MantineColorSchemeManager = {
  get: preferred => preferred,
  set: () => undefined,
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => undefined,
}

function Colours({ children }: { readonly children: React.ReactNode }) {
  const { value } = useCall('session.get', {})
  const scheme = value?.state === 'open' ? value.session.settings.colourScheme : DEFAULT_SETTINGS.colourScheme
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      colorSchemeManager={nothingKept}
      getStyleNonce={() => styleNonce}
      withGlobalClasses={false}
      {...(scheme !== 'auto' && { forceColorScheme: scheme })}
    >
      {children}
    </MantineProvider>
  )
}
