import { defineConfig } from 'drizzle-kit'

export default defineConfig({ dialect: 'postgresql', schema: './central/db/tables.ts', out: './central/db/migrations' })
