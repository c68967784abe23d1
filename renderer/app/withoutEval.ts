import * as z from 'zod'

// The window's policy forbids making functions from text. Without this zod tries once, and the browser reports it.
z.config({ jitless: true })
