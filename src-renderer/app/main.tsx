import '@fontsource-variable/noto-sans-sc'
import './desk.css'
import '../ui/ui.css'

import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'

import { AppearanceProvider } from './appearance.tsx'
import { queryClient } from './client.ts'
import { Gate } from './gate.tsx'
import { startI18n } from './i18n.ts'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

createRoot(root).render(
  <StrictMode>
    <I18nextProvider i18n={startI18n()}>
      <QueryClientProvider client={queryClient}>
        <AppearanceProvider>
          <Gate />
        </AppearanceProvider>
      </QueryClientProvider>
    </I18nextProvider>
  </StrictMode>,
)
