/** Names of people who do not exist, by where they might come from. Pairs that belong to somebody well known are left out. */
export interface NamePool {
  /** How many in a hundred people. */
  readonly weight: number
  readonly he: readonly string[]
  readonly she: readonly string[]
  readonly family: readonly string[]
  /** The interpreter that some ask for; null where the names do not say. */
  readonly language: string | null
}

// prettier-ignore
const englishFamily = [
  'Thistlewood', 'Applegarth', 'Fennimore', 'Oddfellow', 'Plimsoll', 'Stubbins', 'Nextwell', 'Cardew', 'Wickerby',
  'Marsh-Kettle', 'Amblecote', 'Barrowclough', 'Birtwhistle', 'Blenkinsop', 'Brindlecombe', 'Chaffley', 'Clegghorn',
  'Copplestone', 'Dockray', 'Eccleshare', 'Fairlamb', 'Featherby', 'Garbutt', 'Gathercole', 'Greenhow', 'Hallowell',
  'Hartshorne', 'Hollingdrake', 'Inchbald', 'Kettlewell', 'Lambshead', 'Leadbitter', 'Lumb', 'Makepeace', 'Merryfield',
  'Micklethwait', 'Nettleship', 'Oakenshaw', 'Ollerenshaw', 'Pennyfold', 'Pickersgill', 'Quarmby', 'Rainbird', 'Rosland',
  'Satterley', 'Skelhorn', 'Spofforth', 'Swindlehurst', 'Tattersby', 'Threlkeld', 'Tranter', 'Umpleby', 'Varley',
  'Wadsley', 'Whittlestone', 'Winterbourne', 'Woolgar', 'Yardley', 'Holloway-Finn', 'Catchpole', 'Dunnett', 'Elphick',
  'Frobisher-Lane', 'Gosling', 'Haythorne', 'Ibbotson', 'Jessop', 'Kelsall', 'Lovelock', 'Mossop', 'Nunnerley',
  'Oldershaw', 'Penhallow', 'Sallows', 'Tidmarsh', 'Uttley', 'Verrall', 'Yelland', 'Brockbank', 'Dewhirst', 'Ferriby',
  'Hesketh-Moor', 'Illingsworth', 'Tarn', 'Bellwether',
]

// prettier-ignore
export const namePools: readonly NamePool[] = [
  {
    weight: 26,
    he: ['Jacob', 'Callum', 'Nathan', 'Lewis', 'Reece', 'Kieran', 'Ashley', 'Curtis', 'Jordan', 'Kyle', 'Toby', 'Elliot', 'Harvey', 'Ryan', 'Leon'],
    she: ['April', 'Leanne', 'Jodie', 'Chloe', 'Bethany', 'Stacey', 'Hayley', 'Gemma', 'Natasha'],
    family: englishFamily,
    language: null,
  },
  {
    weight: 28,
    he: ['Gareth', 'Bernard', 'Dorian', 'Stuart', 'Adrian', 'Martin', 'Terence', 'Wayne', 'Craig', 'Dean', 'Darren', 'Shaun', 'Barry', 'Clive'],
    she: ['Ruth', 'Kerry', 'Paula', 'Tanya', 'Denise', 'Lorraine', 'Maxine', 'Petra'],
    family: englishFamily,
    language: null,
  },
  {
    weight: 10,
    he: ['Siôn', 'Gethin', 'Rhodri', 'Iestyn', 'Emlyn', 'Dafydd', 'Llŷr', 'Owain'],
    she: ['Siân', 'Cerys', 'Lowri', 'Nerys', 'Ffion', 'Angharad'],
    family: ['Prosser', 'Gwilym', 'Bevan', 'Pugh', 'Penry', 'Maddocks', 'Trahaearn', 'Cadwaladr', 'Probert', 'Tudur', 'Gruffudd', 'Pritchard', 'Vaughan-Rees', 'Llewelyn', 'Bebb', 'Cynfael', 'Hopcyn', 'Nannau'],
    language: null,
  },
  {
    weight: 8,
    he: ['Declan', 'Fergus', 'Cormac', 'Pádraig', 'Ewan', 'Hamish'],
    she: ['Niamh', 'Aoife', 'Máiréad', 'Catriona', 'Shona'],
    family: ["O'Rourke-Bell", "O'Dowd", 'MacAskill', 'McGarrigle', 'Kinsella', 'Mulhern', 'Docherty', "O'Hanlon", 'McCusker', 'Devenney', 'Strachan', 'Mac Giolla', "D'Arcy", 'Lafferty'],
    language: null,
  },
  {
    weight: 6,
    he: ['Harjit', 'Sunil', 'Rakesh', 'Gurdeep', 'Vikram'],
    she: ['Priti', 'Meera', 'Kulwinder'],
    family: ['Sandhu', 'Malhotra', 'Mistry', 'Solanki', 'Aujla', 'Bhogal', 'Rathod', 'Dhaliwal', 'Sethi', 'Virdee', 'Chauhan', 'Purewal', 'Gill-Marwaha', 'Thakrar'],
    language: null,
  },
  {
    weight: 5,
    he: ['Imran', 'Bilal', 'Tariq', 'Nadeem'],
    she: ['Amina', 'Shazia', 'Nasreen'],
    family: ['Choudhury', 'Qureshi', 'Miah', 'Rahimi', 'Lakhani', 'Bhattara', 'Hazarika', 'Sarwari'],
    language: null,
  },
  {
    weight: 7,
    he: ['Tomasz', 'Wojciech', 'Piotr', 'Łukasz', 'Marek', 'Zbigniew', 'Bogdan'],
    she: ['Agnieszka', 'Małgorzata', 'Danuta', 'Katarzyna'],
    family: ['Zięba', 'Bartosik', 'Grzelak', 'Kubiak', 'Wójcik', 'Pawlak', 'Maciejczyk', 'Szymczak', 'Kozieł', 'Maliszewicz', 'Borkowicz', 'Bałut', 'Drąg', 'Rzepka'],
    language: 'Polish',
  },
  {
    weight: 5,
    he: ['Delroy', 'Jermaine', 'Marlon', 'Lamar'],
    she: ['Shanice', 'Marcia', 'Tanisha'],
    family: ['Braithwaite-Cole', 'Augustin', 'Pinnock', 'Grandison', 'Hylton', 'Bailey-Grant', 'Laidlow', 'Morrison-Bell', 'Quashie', 'Hallett'],
    language: null,
  },
  {
    weight: 4,
    he: ['Kwame', 'Tendai', 'Chidi', 'Kofi'],
    she: ['Abena', 'Ngozi', 'Folake'],
    family: ['Nkansah', 'Osei-Bonsu', 'Oduya', 'Chikwanda', 'Ogunleye', 'Tapfuma', 'Asiedu', 'Ekwueme'],
    language: null,
  },
  {
    weight: 3,
    he: ['Samir', 'Karwan', 'Hassan', 'Dawit'],
    she: ['Leyla', 'Hodan', 'Rania'],
    family: ['Warsame', 'Haddad', 'Kassem', 'Tesfaye', 'Rostami', 'Abdirahman'],
    language: null,
  },
  {
    weight: 2,
    he: ['João', 'Nuno'],
    she: ['Inês', 'Graça'],
    family: ['Figueiredo', 'Gonçalves', 'Teixeira', 'Muñoz-Vidal'],
    language: null,
  },
  {
    weight: 1,
    he: ['Minh', 'Wei'],
    she: ['Linh', 'Mei'],
    family: ['Cheung', 'Vuong', 'Diep'],
    language: null,
  },
]

/** What friends and officers call people with these names. */
export const shortNames: Readonly<Record<string, string>> = {
  Gareth: 'Gaz',
  Jacob: 'Jake',
  Nathan: 'Nate',
  Terence: 'Terry',
  Stuart: 'Stu',
  Bernard: 'Bernie',
  Bethany: 'Beth',
  Natasha: 'Tash',
  Lorraine: 'Lol',
  Maxine: 'Max',
  Dafydd: 'Dai',
  Angharad: 'Annie',
  Catriona: 'Cat',
  Pádraig: 'Paddy',
  Harjit: 'Harry',
  Kulwinder: 'Kully',
  Tomasz: 'Tom',
  Wojciech: 'Wojtek',
  Katarzyna: 'Kasia',
  Małgorzata: 'Gosia',
  Jermaine: 'Jay',
  Samir: 'Sam',
}
