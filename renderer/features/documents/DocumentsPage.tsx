import { useParams } from '@tanstack/react-router'
import type { DocumentView } from '../../../shared/features/documents/documentsContract.ts'
import { useCall } from '../../app/api.ts'
import { useToday } from '../../app/clock.ts'
import { errorText } from '../../app/errorText.ts'
import { sizeText } from '../../app/fileText.ts'
import { openAndSay } from '../../app/openAndSay.ts'
import { useListKeys } from '../../app/useListKeys.ts'
import { useOpen } from '../../app/useOpen.ts'
import { count, stampText } from '../../app/words.ts'
import { CaseTabPanel } from '../../components/CaseTabPanel.tsx'
import { CaseTabs } from '../../components/CaseTabs.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorPanel } from '../../components/ErrorPanel.tsx'
import { FileState } from '../../components/FileChip.tsx'
import { ListBox } from '../../components/ListBox.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { RowMenu } from '../../components/RowMenu.tsx'
import { Unseen } from '../../components/Unseen.tsx'
import { useChosen } from '../../components/useChosen.ts'
import { useFocusOnArrival } from '../../components/useFocusOnArrival.ts'
import { useRowMenu } from '../../components/useRowMenu.ts'
import { Waiting } from '../../components/Waiting.tsx'
import classes from './DocumentsPage.module.css'

/** Every file of the case, newest first. */
export function DocumentsPage() {
  const { caseId } = useParams({ from: '/case/$caseId/documents' })
  const { value, error, again } = useCall('documents.list', { caseId })
  const { value: header } = useCall('cases.header', { caseId })
  const today = useToday()
  const { openCase, openDetails, openEntry, record } = useOpen()
  const documents = value?.documents ?? []
  const [chosen, choose] = useChosen(documents.map(one => one.id))
  const menu = useRowMenu()
  const inHand = documents.find(one => one.id === chosen)
  const onKeyDown = useListKeys({
    'case.documents': () => openCase(caseId),
    'case.details': () => openDetails(caseId),
    'case.record': () => record(caseId),
    'app.rowMenu': menu.open,
  })
  const openFile = () => inHand && void openAndSay(caseId, inHand)
  return (
    <Page
      title={header ? `Documents, ${header.person.name}` : 'Documents'}
      head={<CaseTabs caseId={caseId} chosen="documents" />}
      onKeyDown={onKeyDown}
    >
      <CaseTabPanel tab="documents">
        <Panel
          title="Documents"
          note={value && count(documents.length, 'file')}
          side={
            inHand && (
              <RowMenu
                whose={inHand.name}
                menu={menu}
                actions={[
                  { label: 'Open the file', run: openFile },
                  { label: 'Go to its entry', run: () => openEntry(caseId, inHand.contactId, inHand.contactAt) },
                ]}
              />
            )
          }
        >
          {error && <ErrorPanel text={errorText(error)} onAgain={again} />}
          {!value && !error && <Waiting lines={4} />}
          {value && documents.length === 0 && <NoFiles />}
          {inHand && (
            <ListBox
              label="Documents"
              items={documents}
              keyOf={one => one.id}
              renderRow={one => <DocumentRow document={one} today={today} />}
              chosen={chosen}
              onChoose={choose}
              onOpen={openFile}
              onMenu={menu.open}
              isEntry
              focusCount={1}
            />
          )}
        </Panel>
      </CaseTabPanel>
    </Page>
  )
}

function NoFiles() {
  useFocusOnArrival()
  return <EmptyState>No file is attached in this case. Attach one when you record a contact.</EmptyState>
}

function DocumentRow({ document, today }: { readonly document: DocumentView; readonly today: string }) {
  const { name, bytes, attachedAt, recordedByName } = document
  return (
    <div className={classes.row}>
      <span className={classes.name}>
        {name}
        <Unseen>, </Unseen>
      </span>
      <span className={classes.fact}>
        {sizeText(bytes)}
        <Unseen>, </Unseen>
      </span>
      <span className={classes.fact}>
        {stampText(attachedAt, today)}, {recordedByName}
        <Unseen>. </Unseen>
      </span>
      <span className={classes.fact}>
        <FileState document={document} />
      </span>
    </div>
  )
}
