import pytest
from tests.canary.world import the_world
from tests.canary.doors import *
from tests.canary.going_round import *
from tests.canary.matrix import *
import time, collections
pytestmark = pytest.mark.django_db
def test_count(django_db_setup):
    t=time.process_time()
    with the_world() as w:
        print("world", time.process_time()-t)
        ds=doors()
        for n in ("nobody","femi","sam","priya", "ruth","tess","noor"):
            t=time.process_time(); a=w[n]
            st=collections.Counter(); leaks=collections.Counter()
            ex={}
            for door,status,words in go_round(w,a,ds):
                st[(door.method,status)]+=1
                for x in words:
                    if not may_meet(a,x,door): leaks[x]+=1; ex[x]=door
            print(n, time.process_time()-t, st)
            for x,c in leaks.items(): print("   LEAK",c,x,ex[x].method,ex[x].name)
