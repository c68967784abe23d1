import { useRouter } from '@tanstack/react-router'

/** Goes to the screen before this one; to Today when there is none. */
export function useGoBack(): () => void {
  const router = useRouter()
  return () => (router.history.canGoBack() ? router.history.back() : void router.navigate({ to: '/' }))
}
