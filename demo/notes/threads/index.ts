import type { Thread } from '../thread.ts'
import { driving, group, peers, temper } from './days.ts'
import { children, parent, relationships } from './family.ts'
import { alcohol, body, drugs, mood } from './health.ts'
import { housing, searching } from './home.ts'
import { benefits, debts } from './money.ts'
import { college, job, siteCard } from './work.ts'

/** Every subject that meetings come back to. */
export const threads: readonly Thread[] = [
  housing,
  searching,
  benefits,
  debts,
  siteCard,
  job,
  college,
  children,
  parent,
  relationships,
  alcohol,
  drugs,
  mood,
  body,
  group,
  peers,
  temper,
  driving,
]
